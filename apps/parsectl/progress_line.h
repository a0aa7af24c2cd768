#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace parse::ctl {

/// "1234567" as "1,234,567".
std::string with_commas(std::uint64_t number);

/// How far a long command is, on one line of stderr that is written over again and again; nothing when that is no
/// terminal, or the command is to be quiet.
class ProgressLine {
 public:
  /// `unit` is what is counted.
  explicit ProgressLine(bool is_quiet, std::string unit = "rows");
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  /// `count` of `subject` are done. Written a few times a second at most.
  void show(const std::string& subject, std::uint64_t count);
  /// Takes the line away, so that something else can be written.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;

  bool is_shown_;
  std::string unit_;
  std::string subject_;
  std::uint64_t first_count_ = 0;
  Clock::time_point begin_;
  Clock::time_point last_;
  bool is_dirty_ = false;
};

}  // namespace parse::ctl
