#include "query/js_text.h"

#include <charconv>

#include "object/json.h"

namespace parse::query {
namespace {

using object::Array;
using object::Value;

constexpr std::string_view kBlanks = " \t\r\n";

std::string joined(const Array& list) {
  std::string text;
  for (const Value& element : list) {
    if (&element != &list.front()) text.push_back(',');
    if (!element.is_null()) text += js_string(element);
  }
  return text;
}

std::optional<double> number_of(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return 0;
  text = text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

std::string js_string(const Value& value) {
  if (const auto* text = value.get_if<std::string>()) return *text;
  if (const Array* list = value.get_if<Array>()) return joined(*list);
  if (value.json_type() == "object") return "[object Object]";
  return object::to_json(value);
}

std::optional<double> js_number(const Value& value) {
  if (value.is_number()) return value.number();
  if (const bool* flag = value.get_if<bool>()) return *flag ? 1 : 0;
  if (value.is_null()) return 0;
  if (value.is<std::string>() || value.is<Array>()) return number_of(js_string(value));
  return std::nullopt;
}

}  // namespace parse::query
