#include "object/number_text.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <string_view>

namespace parse::object {
namespace {

constexpr double kMaxExactInteger = 9007199254740992.0;  // 2^53
/// Numbers below are written with an exponent.
constexpr double kLeastDecimal = 1e-6;
/// Numbers of more digits before the point are, too.
constexpr int kMostDigits = 21;

void append_integer(std::string& out, std::int64_t value) {
  std::array<char, 24> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
  out.append(buffer.data(), end);
}

void append_exponential(std::string& out, std::string_view digits, int exponent) {
  out.push_back(digits.front());
  if (digits.size() > 1) out.append(".").append(digits.substr(1));
  out.append(exponent < 0 ? "e-" : "e+");
  append_integer(out, std::abs(exponent));
}

}  // namespace

void append_number(std::string& out, double value) {
  if (value == std::trunc(value) && std::abs(value) < kMaxExactInteger) {
    append_integer(out, static_cast<std::int64_t>(value));
    return;
  }
  std::array<char, 40> buffer{};
  if (const double size = std::abs(value); size >= kLeastDecimal && size < kMaxExactInteger) {
    // With a fraction, the shortest decimal form is what JavaScript writes.
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed).ptr;
    out.append(buffer.data(), end);
    return;
  }
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::scientific).ptr;
  std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  if (text.front() == '-') {
    out.push_back('-');
    text.remove_prefix(1);
  }
  const std::size_t mark = text.find('e');
  int exponent = 0;
  const char* exponent_start = text.data() + mark + (text[mark + 1] == '+' ? 2 : 1);
  std::from_chars(exponent_start, text.data() + text.size(), exponent);
  std::string digits(text.substr(0, 1));
  if (mark > 2) digits.append(text.substr(2, mark - 2));
  if (exponent < 0 || exponent >= kMostDigits) {
    append_exponential(out, digits, exponent);
  } else {
    // Only integers beyond 2^53 come here: their last digits are unknown and written as zeros.
    out.append(digits).append(static_cast<std::size_t>(exponent + 1) - digits.size(), '0');
  }
}

}  // namespace parse::object
