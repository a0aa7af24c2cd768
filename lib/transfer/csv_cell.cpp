#include "transfer/csv_cell.h"

#include <fmt/format.h>

#include <cstdlib>
#include <optional>

#include "base/error.h"
#include "base/iso_date.h"
#include "object/json.h"
#include "schema/default_classes.h"
#include "schema/field_type.h"

namespace parse::transfer {
namespace {

using object::Value;
using schema::FieldKind;

[[noreturn]] void refuse(const schema::Field& column, const std::string& text) {
  constexpr std::size_t kShown = 60;
  throw Error(ErrorCode::kIncorrectType,
              fmt::format("{}: '{}' is no {}", column.name, text.substr(0, kShown), schema::to_text(column.type)));
}

std::optional<double> read_double(const std::string& text) {
  char* end = nullptr;
  const double number = std::strtod(text.c_str(), &end);
  if (text.empty() || end != text.c_str() + text.size()) return std::nullopt;
  return number;
}

std::optional<Value> read_geo_point(const std::string& text) {
  const std::size_t comma = text.find(',');
  if (comma == std::string::npos) return std::nullopt;
  const auto latitude = read_double(text.substr(0, comma));
  const auto longitude = read_double(text.substr(comma + 1));
  if (!latitude || !longitude) return std::nullopt;
  return object::GeoPoint{*latitude, *longitude};
}

std::optional<Value> read_date(const std::string& text) {
  const auto time = parse_iso_date(text);
  if (!time) return std::nullopt;
  return object::Date{*time};
}

/// JSON writes numbers as nobody else: no hexadecimal, no "nan".
std::optional<Value> read_number(const std::string& text) {
  auto value = object::try_parse_json(text);
  return value && value->is_number() ? value : std::nullopt;
}

std::optional<Value> read_boolean(const std::string& text) {
  if (text == "true") return Value(true);
  if (text == "false") return Value(false);
  return std::nullopt;
}

std::optional<Value> try_read(const schema::FieldType& type, const std::string& text) {
  switch (type.kind) {
    case FieldKind::kString:
      return Value(text);
    case FieldKind::kNumber:
      return read_number(text);
    case FieldKind::kBoolean:
      return read_boolean(text);
    case FieldKind::kDate:
      return read_date(text);
    case FieldKind::kGeoPoint:
      return read_geo_point(text);
    case FieldKind::kBytes:
      return object::Bytes{text};
    case FieldKind::kPointer:
      return object::Pointer{type.target_class, text};
    default:
      return object::try_parse_json(text);
  }
}

}  // namespace

std::string header_of(const schema::Field& field) {
  for (const auto& column : schema::common_columns()) {
    if (column.name == field.name) return field.name;
  }
  return fmt::format("{}:{}", field.name, schema::to_text(field.type));
}

schema::Field read_header(std::string_view header, const schema::ClassSchema* known) {
  schema::Field column;
  const std::size_t colon = header.find(':');
  column.name = header.substr(0, colon);
  if (colon == std::string_view::npos) {
    const schema::Field* field = known ? known->find_field(column.name) : nullptr;
    if (field != nullptr) column.type = field->type;
    const auto* common = schema::find_default_column("", column.name);
    if (common != nullptr) column.type = schema::column_type(*common);
    return column;
  }
  std::string_view type = header.substr(colon + 1);
  const std::size_t bracket = type.find('<');
  if (bracket != std::string_view::npos && type.ends_with('>')) {
    column.type.target_class = type.substr(bracket + 1, type.size() - bracket - 2);
    type = type.substr(0, bracket);
  }
  const auto kind = schema::kind_from_name(type);
  const bool is_targeted = kind == FieldKind::kPointer || kind == FieldKind::kRelation;
  if (!kind || is_targeted == column.type.target_class.empty())
    throw Error(ErrorCode::kIncorrectType,
                fmt::format("the column '{}' has no type that is known; write field:String, field:Number, "
                            "field:Pointer<Class> ...",
                            header));
  column.type.kind = *kind;
  return column;
}

std::string cell_of(const Value& value) {
  if (const auto* text = value.get_if<std::string>()) return *text;
  if (const auto* date = value.get_if<object::Date>()) return to_iso_date(date->time);
  if (const auto* pointer = value.get_if<object::Pointer>()) return pointer->object_id;
  if (const auto* bytes = value.get_if<object::Bytes>()) return bytes->base64;
  if (const auto* point = value.get_if<object::GeoPoint>())
    return object::to_json(point->latitude) + "," + object::to_json(point->longitude);
  return object::to_json(value);
}

Value read_cell(const schema::Field& column, const std::string& text) {
  std::optional<Value> value = try_read(column.type, text);
  if (!value) refuse(column, text);
  return std::move(*value);
}

std::string quoted_cell(const std::string& text) {
  if (!text.empty() && text.find_first_of(",\"\r\n") == std::string::npos && text.front() != ' ') return text;
  std::string quoted = "\"";
  for (const char c : text) quoted.append(c == '"' ? 2 : 1, c);
  return quoted + '"';
}

}  // namespace parse::transfer
