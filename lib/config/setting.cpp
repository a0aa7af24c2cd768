#include "config/setting.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "base/error.h"
#include "config/read_value.h"
#include "object/json.h"

namespace parse::config {
namespace {

using object::Array;
using object::Object;
using object::parse_json;
using object::Value;

[[noreturn]] void refuse(const OptionSpec& spec, std::string_view text, std::string_view needed) {
  if (spec.secrecy == Secrecy::kMasked)
    throw Error(ErrorCode::kInvalidValue, fmt::format("has an invalid value, {} is needed", needed));
  const std::string shown = text.size() > 60 ? std::string(text.substr(0, 60)) + "…" : std::string(text);
  throw Error(ErrorCode::kInvalidValue, fmt::format("has invalid value '{}', {} is needed", shown, needed));
}

std::optional<Value> try_json(std::string_view text) {
  try {
    return parse_json(text);
  } catch (const Error&) {
    return std::nullopt;
  }
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  std::int64_t number = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
  if (result.ec != std::errc() || result.ptr != text.data() + text.size()) return std::nullopt;
  return number;
}

Value read_integer(const OptionSpec& spec, const Value& value) {
  std::optional<std::int64_t> number;
  if (const auto* integer = value.get_if<std::int64_t>()) number = *integer;
  // 1337.0 and 1e3 in a file are whole numbers too.
  if (const auto* real = value.get_if<double>();
      real != nullptr && std::trunc(*real) == *real && std::abs(*real) < 9e15)
    number = static_cast<std::int64_t>(*real);
  if (const auto* text = value.get_if<std::string>()) number = whole_number(*text);
  if (!number) refuse(spec, value.is<std::string>() ? value.as<std::string>() : to_json(value), "a whole number");
  return *number;
}

Value read_number(const OptionSpec& spec, const Value& value) {
  if (value.is<std::int64_t>()) return value;
  std::optional<double> number;
  if (const auto* real = value.get_if<double>()) number = *real;
  if (const auto* text = value.get_if<std::string>()) {
    if (const auto whole = whole_number(*text)) return *whole;
    double read = 0;
    const auto result = std::from_chars(text->data(), text->data() + text->size(), read);
    if (result.ec == std::errc() && result.ptr == text->data() + text->size()) number = read;
  }
  if (!number || !std::isfinite(*number))
    refuse(spec, value.is<std::string>() ? value.as<std::string>() : to_json(value), "a number");
  return *number;
}

Value read_bool(const OptionSpec& spec, const Value& value) {
  if (value.is<bool>()) return value;
  if (const auto* number = value.get_if<std::int64_t>()) return *number == 1;
  if (const auto* text = value.get_if<std::string>()) return *text == "true" || *text == "1";
  refuse(spec, to_json(value), "true or false");
}

Value read_list(const OptionSpec& spec, const Value& value) {
  if (value.is<Array>()) return value;
  const auto* text = value.get_if<std::string>();
  if (text == nullptr) refuse(spec, to_json(value), "a list");
  if (text->starts_with('[')) {
    const auto json = try_json(*text);
    if (!json || !json->is<Array>()) refuse(spec, *text, "a list (JSON array, or texts separated by commas)");
    return *json;
  }
  Array parts;
  for (auto& part : split_commas(*text)) parts.emplace_back(std::move(part));
  return parts;
}

template <typename T>
Value read_json(const OptionSpec& spec, const Value& value, std::string_view needed) {
  if (value.is<T>()) return value;
  const auto* text = value.get_if<std::string>();
  const auto json = text != nullptr ? try_json(*text) : std::nullopt;
  if (!json || !json->is<T>()) refuse(spec, text != nullptr ? *text : to_json(value), needed);
  return *json;
}

Value read_size(const OptionSpec& spec, const Value& value) {
  if (value.is<std::int64_t>()) return value;
  const auto* text = value.get_if<std::string>();
  const auto bytes = text != nullptr ? parse_size(*text) : std::nullopt;
  if (!bytes) refuse(spec, text != nullptr ? *text : to_json(value), "a size such as 500kb, 20mb or 1gb");
  return *bytes;
}

Value read_string(const OptionSpec& spec, const Value& value) {
  if (value.is<std::string>()) return value;
  // Keys made of digits are often written without quotes in JSON and TOML.
  if (const auto* number = value.get_if<std::int64_t>()) return fmt::to_string(*number);
  refuse(spec, to_json(value), "a text");
}

Value read_mixed(const OptionSpec& spec, const Value& value) {
  const auto* text = value.get_if<std::string>();
  switch (spec.type) {
    case OptionType::kIntegerOrBool:
      if (value.is<bool>()) return value;
      if (text != nullptr && (*text == "true" || *text == "false")) return *text == "true";
      return read_integer(spec, value);
    case OptionType::kIntegerOrString:
      if (value.is<std::int64_t>()) return value;
      return read_string(spec, value);
    default:
      if (text == nullptr) return value;
      return try_json(*text).value_or(value);
  }
}

void check_range(const OptionSpec& spec, const Value& value) {
  const auto* real = value.get_if<double>();
  const auto* number = value.get_if<std::int64_t>();
  if (real != nullptr) {
    if (*real >= static_cast<double>(spec.range.min) && *real <= static_cast<double>(spec.range.max)) return;
  } else if (number == nullptr || (*number >= spec.range.min && *number <= spec.range.max)) {
    return;
  }
  const std::string given = to_json(value);
  const bool open_end = spec.range.max == Range{}.max;
  throw Error(ErrorCode::kInvalidValue,
              open_end ? fmt::format("must be at least {}, not {}", spec.range.min, given)
                       : fmt::format("must be between {} and {}, not {}", spec.range.min, spec.range.max, given));
}

Value read_typed(const OptionSpec& spec, const Value& value) {
  switch (spec.type) {
    case OptionType::kString:
      return read_string(spec, value);
    case OptionType::kInteger:
      return read_integer(spec, value);
    case OptionType::kNumber:
      return read_number(spec, value);
    case OptionType::kBool:
      return read_bool(spec, value);
    case OptionType::kList:
      return read_list(spec, value);
    case OptionType::kJsonList:
      return read_json<Array>(spec, value, "a JSON array");
    case OptionType::kJson:
    case OptionType::kGroup:
      return read_json<Object>(spec, value, "a JSON object");
    case OptionType::kSize:
      return read_size(spec, value);
    case OptionType::kIntegerOrBool:
    case OptionType::kIntegerOrString:
    case OptionType::kJsonOrText:
      break;
  }
  return read_mixed(spec, value);
}

bool is_nothing(const Value& value) {
  if (const auto* array = value.get_if<Array>()) return array->empty();
  if (const auto* object = value.get_if<Object>()) return object->empty();
  if (const auto* text = value.get_if<std::string>()) return text->empty();
  if (const auto* flag = value.get_if<bool>()) return !*flag;
  return value.is_null();
}

}  // namespace

Value read_value(const OptionSpec& spec, const std::variant<std::string, Value>& given) {
  const auto* text = std::get_if<std::string>(&given);
  Value value = read_typed(spec, text != nullptr ? Value(*text) : std::get<Value>(given));
  check_range(spec, value);
  return value;
}

Value default_value(const OptionSpec& spec) {
  if (spec.default_text.empty()) return nullptr;
  return read_typed(spec, Value(spec.default_text));
}

bool is_default(const OptionSpec& spec, const Value& value) {
  const Value standard = default_value(spec);
  return value == standard || (standard.is_null() && is_nothing(value));
}

}  // namespace parse::config
