#include "query/relative_time.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "base/ascii.h"
#include "base/error.h"

namespace parse::query {
namespace {

struct Unit {
  std::array<std::string_view, 4> names;
  double seconds;
};
constexpr std::array<Unit, 6> kUnits{{
    {{"yr", "yrs", "year", "years"}, 365.0 * 24 * 60 * 60},
    {{"wk", "wks", "week", "weeks"}, 7.0 * 24 * 60 * 60},
    {{"d", "d", "day", "days"}, 24.0 * 60 * 60},
    {{"hr", "hrs", "hour", "hours"}, 60.0 * 60},
    {{"min", "mins", "minute", "minutes"}, 60},
    {{"sec", "secs", "second", "seconds"}, 1},
}};
/// Farthest moment of ECMAScript's Date, either way.
constexpr double kMaxTime = 8.64e15;

[[noreturn]] void fail(std::string_view text, std::string_view why) {
  throw Error(ErrorCode::kInvalidJson, fmt::format("bad $relativeTime ({}) value. {}", text, why));
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

std::optional<double> integer_of(std::string_view word) {
  if (word.starts_with('+')) word.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc() || end != word.data() + word.size() || value != std::trunc(value)) return std::nullopt;
  return value;
}

const Unit* find_unit(std::string_view word) {
  for (const Unit& unit : kUnits) {
    for (const std::string_view name : unit.names) {
      if (name == word) return &unit;
    }
  }
  return nullptr;
}

}  // namespace

Milliseconds parse_relative_time(std::string_view text, Milliseconds now) {
  const std::string lowered = ascii_lower(text);
  if (lowered == "now") return now;
  std::vector<std::string_view> words = words_of(lowered);
  const bool future = !words.empty() && words.front() == "in";
  const bool past = !words.empty() && words.back() == "ago";
  if (!future && !past) fail(text, "Time should either start with 'in' or end with 'ago'");
  if (future && past) fail(text, "Time cannot have both 'in' and 'ago'");
  words.erase(future ? words.begin() : words.end() - 1);
  if (words.size() % 2 != 0) fail(text, "Invalid time string. Dangling unit or number.");

  double seconds = 0;
  for (std::size_t i = 0; i < words.size(); i += 2) {
    const auto count = integer_of(words[i]);
    if (!count) fail(text, fmt::format("'{}' is not an integer.", words[i]));
    const Unit* unit = find_unit(words[i + 1]);
    if (unit == nullptr) fail(text, fmt::format("Invalid interval: '{}'", words[i + 1]));
    seconds += *count * unit->seconds;
  }
  const double time = static_cast<double>(now) + (future ? seconds : -seconds) * 1000;
  if (!(std::abs(time) <= kMaxTime)) fail(text, "Time is out of range.");
  return static_cast<Milliseconds>(time);
}

}  // namespace parse::query
