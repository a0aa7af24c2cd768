#include "apps/parsectl/time_input.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>

#include "apps/parsectl/failure.h"

namespace parse::ctl {
namespace {

std::optional<std::int64_t> unit_seconds(std::string_view unit) {
  if (unit.empty() || unit == "s") return 1;
  if (unit == "m") return 60;
  if (unit == "h") return 60 * 60;
  if (unit == "d") return 24 * 60 * 60;
  return std::nullopt;
}

/// No span is longer than a thousand years, so that sums of moments stay in range.
constexpr std::int64_t kMostSeconds = std::int64_t{1000} * 366 * 24 * 60 * 60;

std::optional<std::chrono::seconds> try_read_span(const std::string& text) {
  std::int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  const auto unit = unit_seconds({rest, static_cast<std::size_t>(end - rest)});
  if (error != std::errc() || number < 0 || !unit || number > kMostSeconds / *unit) return std::nullopt;
  return std::chrono::seconds(number * *unit);
}

/// `direction` is 1 or -1.
Milliseconds read_moment(const std::string& flag, const std::string& text, Milliseconds now, int direction) {
  if (const auto span = try_read_span(text)) return now + direction * std::chrono::milliseconds(*span).count();
  if (const auto time = parse_iso_date(text)) return *time;
  throw Failure(ExitCode::kUsage, fmt::format("{}: '{}' is no moment", flag, text),
                "write it like 2026-01-31T12:00:00Z, or as a span: 30s, 10m, 2h, 7d");
}

}  // namespace

std::chrono::seconds read_span(const std::string& flag, const std::string& text) {
  if (const auto span = try_read_span(text)) return *span;
  throw Failure(ExitCode::kUsage, fmt::format("{}: '{}' is no span of time", flag, text),
                "write it like 90, 90s, 10m, 2h or 7d");
}

Milliseconds read_past(const std::string& flag, const std::string& text, Milliseconds now) {
  return read_moment(flag, text, now, -1);
}

Milliseconds read_future(const std::string& flag, const std::string& text, Milliseconds now) {
  return read_moment(flag, text, now, 1);
}

Milliseconds now_in_milliseconds() {
  using std::chrono::system_clock;
  return std::chrono::duration_cast<std::chrono::milliseconds>(system_clock::now().time_since_epoch()).count();
}

}  // namespace parse::ctl
