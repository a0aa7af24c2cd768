#include "apps/parsectl/progress_line.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <utility>

namespace parse::ctl {

std::string with_commas(std::uint64_t number) {
  const std::string digits = std::to_string(number);
  std::string text;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) text += ',';
    text += digits[i];
  }
  return text;
}

ProgressLine::ProgressLine(bool is_quiet, std::string unit)
    : is_shown_(!is_quiet && ::isatty(STDERR_FILENO) != 0), unit_(std::move(unit)) {}

ProgressLine::~ProgressLine() { clear(); }

void ProgressLine::show(const std::string& subject, std::uint64_t count) {
  if (!is_shown_) return;
  const auto now = Clock::now();
  if (subject != subject_) {
    subject_ = subject;
    first_count_ = count;
    begin_ = last_ = now;
  }
  if (now - last_ < std::chrono::milliseconds(200)) return;
  last_ = now;
  const double seconds = std::chrono::duration<double>(now - begin_).count();
  const auto speed = static_cast<std::uint64_t>(static_cast<double>(count - first_count_) / seconds);
  fmt::print(stderr, "\r\033[K{}  {} {}  {}/s", subject, with_commas(count), unit_, with_commas(speed));
  std::fflush(stderr);
  is_dirty_ = true;
}

void ProgressLine::clear() {
  if (is_dirty_) fmt::print(stderr, "\r\033[K");
  is_dirty_ = false;
}

}  // namespace parse::ctl
