// Text.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "object/json.h"
#include "query/expression_operators.h"
#include "query/js_text.h"

namespace parse::query {
namespace {

using object::Array;
using object::Value;

const std::string& text_of(const Value& value, const char* op) {
  static const std::string kEmpty;
  if (value.is_null()) return kEmpty;
  const auto* text = value.get_if<std::string>();
  if (text == nullptr) fail_expression(fmt::format("{} only supports strings, not {}", op, value.json_type()));
  return *text;
}

std::size_t count_of(const Value& value, const char* op) {
  if (!value.is_number() || !(std::abs(value.number()) <= 1e9)) fail_expression(fmt::format("{} needs a number", op));
  return value.number() < 0 ? std::string::npos : static_cast<std::size_t>(value.number());
}

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

/// Byte offset of the character `count` characters after `from`.
std::size_t advance(std::string_view text, std::size_t from, std::size_t count) {
  while (from < text.size() && count > 0) {
    ++from;
    while (from < text.size() && continues_character(text[from])) ++from;
    --count;
  }
  return from;
}

Value concat(Arguments arguments) {
  std::string all;
  for (const Value& argument : arguments) {
    if (argument.is_null()) return nullptr;
    all += text_of(argument, "$concat");
  }
  return all;
}

template <char first, char last, char to>
Value change_case(Arguments arguments) {
  std::string text =
      arguments[0].is<std::string>() || arguments[0].is_null() ? text_of(arguments[0], "") : js_string(arguments[0]);
  for (char& c : text) {
    if (c >= first && c <= last) c = static_cast<char>(c - first + to);
  }
  return text;
}

Value substring_bytes(Arguments arguments) {
  const std::string& text = text_of(arguments[0], "$substrBytes");
  const std::size_t begin = std::min(count_of(arguments[1], "$substrBytes"), text.size());
  const std::size_t length = std::min(count_of(arguments[2], "$substrBytes"), text.size() - begin);
  const auto splits = [&](std::size_t at) { return at < text.size() && continues_character(text[at]); };
  if (splits(begin) || splits(begin + length))
    fail_expression("$substrBytes: Invalid range, in the middle of a character");
  return text.substr(begin, length);
}

Value substring_characters(Arguments arguments) {
  const std::string& text = text_of(arguments[0], "$substrCP");
  const std::size_t begin = advance(text, 0, count_of(arguments[1], "$substrCP"));
  const std::size_t end = advance(text, begin, count_of(arguments[2], "$substrCP"));
  return text.substr(begin, end - begin);
}

Value length_bytes(Arguments arguments) {
  return static_cast<std::int64_t>(text_of(arguments[0], "$strLenBytes").size());
}

Value length_characters(Arguments arguments) {
  const std::string& text = text_of(arguments[0], "$strLenCP");
  return static_cast<std::int64_t>(text.size()) - std::count_if(text.begin(), text.end(), continues_character);
}

Value split(Arguments arguments) {
  if (arguments[0].is_null() || arguments[1].is_null()) return nullptr;
  const std::string& text = text_of(arguments[0], "$split");
  const std::string& separator = text_of(arguments[1], "$split");
  if (separator.empty()) fail_expression("$split requires a non-empty separator");
  Array parts;
  std::size_t begin = 0;
  for (std::size_t end = text.find(separator); end != std::string::npos; end = text.find(separator, begin)) {
    parts.push_back(text.substr(begin, end - begin));
    begin = end + separator.size();
  }
  parts.push_back(text.substr(begin));
  return parts;
}

Value to_string(Arguments arguments) {
  const Value& value = arguments[0];
  if (value.is_null()) return nullptr;
  if (const auto* date = value.get_if<object::Date>()) return to_iso_date(date->time);
  return js_string(value);
}

constexpr std::array<ExpressionOperator, 10> kOperators{{
    {"$concat", 1, kAnyNumber, concat},
    {"$toLower", 1, 1, change_case<'A', 'Z', 'a'>},
    {"$toUpper", 1, 1, change_case<'a', 'z', 'A'>},
    {"$substr", 3, 3, substring_bytes},
    {"$substrBytes", 3, 3, substring_bytes},
    {"$substrCP", 3, 3, substring_characters},
    {"$strLenBytes", 1, 1, length_bytes},
    {"$strLenCP", 1, 1, length_characters},
    {"$split", 2, 2, split},
    {"$toString", 1, 1, to_string},
}};

}  // namespace

std::span<const ExpressionOperator> text_operators() { return kOperators; }

}  // namespace parse::query
