#pragma once

#include <cstdint>
#include <string>

#include "apps/parsectl/interruption.h"
#include "apps/parsectl/session.h"
#include "object/value.h"

namespace parse::ctl {

/// Copies the values of a field of all objects of a class into another field of it, in batches by the order of
/// objectIds. What is copied is seen by the new field being there, so a second run goes on where the first one stopped.
class FieldCopy {
 public:
  struct Plan {
    std::string class_name;
    std::string from;
    std::string to;
    int batch = 100;
    /// Values that the new field has already are replaced when they differ.
    bool overwrites = false;
  };
  struct Result {
    std::int64_t copied = 0;
    /// Objects that could not be changed, and what the server said of the first one.
    std::int64_t failed = 0;
    std::string first_failure;
    /// Objects with another value in the new field, left as they are.
    std::int64_t differing = 0;
    std::string first_differing;
  };

  FieldCopy(Session& session, Plan plan);

  /// Objects whose value is not copied yet.
  std::int64_t count_missing();
  /// Copies what is missing, then compares all values once more. Throws Failure kInterrupted after Ctrl-C.
  Result run();

 private:
  object::Array next_page(bool is_copied, const std::string& after, int limit);
  void copy_page(const object::Array& page);
  bool is_differing(const object::Object& row) const;
  void check_stop();
  void show_progress();
  void end_progress();

  Session& session_;
  const Plan plan_;
  const Interruption stop_;
  std::int64_t total_ = 0;
  Result result_;
  bool has_progress_ = false;
};

}  // namespace parse::ctl
