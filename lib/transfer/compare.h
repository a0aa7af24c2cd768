#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "transfer/checksum.h"
#include "transfer/source.h"

namespace parse::transfer {

enum class DifferenceKind { kMissing, kExtra, kChanged };
/// A row that is on one side only, or not the same on both.
struct Difference {
  DifferenceKind kind = DifferenceKind::kChanged;
  /// As people read it.
  std::string key;
};

/// The rows of one class on both sides.
struct ClassComparison {
  std::string class_name;
  std::uint64_t from_rows = 0;
  std::uint64_t to_rows = 0;
  std::string from_checksum;
  std::string to_checksum;
  /// The first few, by key.
  std::vector<Difference> differences;

  bool is_same() const { return from_rows == to_rows && from_checksum == to_checksum; }
};

struct CompareParts {
  Source& from;
  Source& to;
  /// Becomes true when somebody asks the work to stop.
  const std::atomic<bool>& is_stopped;
  /// Called after each page with the rows that were read so far, of both sides together.
  std::function<void(std::uint64_t)> on_progress;
};

/// Whether a side can have rows of a class, or members of a relation. Servers do not tell of their volatile classes.
bool may_have(const Source& side, const std::string& class_name);

/// Compares the rows of a class, or of the join table of a relation, one by one, in bounded memory. A side that has no
/// such class has no rows. Errors: Interrupted; those of Source.
ClassComparison compare_class(const CompareParts& parts, const View& view, const std::string& class_name);

}  // namespace parse::transfer
