#include "storage/sql/scalar_values.h"

namespace parse::storage::sql {
namespace {

using object::Value;
using schema::FieldKind;

std::optional<SqlValue> encode_text(const Value& value) {
  if (const auto* text = value.get_if<std::string>()) return std::string_view(*text);
  return std::nullopt;
}

std::optional<SqlValue> encode_number(const Value& value) {
  if (const auto* integer = value.get_if<std::int64_t>()) return *integer;
  if (const auto* real = value.get_if<double>()) return *real;
  return std::nullopt;
}

}  // namespace

std::optional<SqlValue> encode_plain(FieldKind kind, const Value& value) {
  switch (kind) {
    case FieldKind::kString:
      return encode_text(value);
    case FieldKind::kNumber:
      return encode_number(value);
    case FieldKind::kPointer:
      if (const auto* pointer = value.get_if<object::Pointer>()) return std::string_view(pointer->object_id);
      return encode_text(value);
    case FieldKind::kFile:
      if (const auto* file = value.get_if<object::File>()) return std::string_view(file->name);
      return encode_text(value);
    default:
      return std::nullopt;
  }
}

std::optional<Milliseconds> encode_moment(const Value& value) {
  if (const auto* date = value.get_if<object::Date>()) return date->time;
  const auto* text = value.get_if<std::string>();
  return text ? parse_iso_date(*text) : std::nullopt;
}

}  // namespace parse::storage::sql
