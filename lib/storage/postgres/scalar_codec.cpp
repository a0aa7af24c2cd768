#include "storage/postgres/scalar_codec.h"

#include <fmt/format.h>

#include <charconv>

#include "base/iso_date.h"
#include "object/json.h"
#include "storage/sql/scalar_values.h"

namespace parse::storage::postgres {

using object::Value;
using schema::FieldKind;

std::optional<sql::SqlValue> encode_scalar(FieldKind kind, const Value& value) {
  switch (kind) {
    case FieldKind::kString:
    case FieldKind::kNumber:
    case FieldKind::kPointer:
    case FieldKind::kFile:
      return sql::encode_plain(kind, value);
    case FieldKind::kBoolean:
      if (const auto* flag = value.get_if<bool>()) return std::string_view(*flag ? "true" : "false");
      return std::nullopt;
    case FieldKind::kDate:
      if (const auto moment = sql::encode_moment(value)) return timestamp_text(*moment);
      return std::nullopt;
    case FieldKind::kBytes:
      return sql::encode_json<object::Bytes>(value);
    case FieldKind::kObject:
      return sql::encode_json<object::Object>(value);
    case FieldKind::kArray:
      return sql::encode_json<object::Array>(value);
    case FieldKind::kGeoPoint:
      if (const auto* point = value.get_if<object::GeoPoint>()) return point_text(*point);
      return std::nullopt;
    case FieldKind::kPolygon:
      if (const auto* polygon = value.get_if<object::Polygon>()) return polygon_text(*polygon);
      return std::nullopt;
    case FieldKind::kRelation:
    case FieldKind::kAcl:
      break;
  }
  return std::nullopt;
}

std::string timestamp_text(Milliseconds time) {
  std::string text = to_iso_date(time);
  const bool has_sign = text.front() == '+' || text.front() == '-';
  if (!has_sign && !text.starts_with("0000")) return text;
  // ECMAScript counts the year before 1 as 0 and the one before as -1; to PostgreSQL they are 1 BC and 2 BC.
  const std::size_t year_end = text.find('-', 1);
  const std::size_t digits = has_sign ? 1 : 0;
  int year = 0;
  std::from_chars(text.data() + digits, text.data() + year_end, year);
  const std::string_view rest = std::string_view(text).substr(year_end);
  if (text.front() == '+') return fmt::format("{:04}{}", year, rest);
  return fmt::format("{:04}{} BC", year + 1, rest);
}

std::string point_text(const object::GeoPoint& point) {
  return fmt::format("({},{})", point.longitude, point.latitude);
}

std::string polygon_text(const object::Polygon& polygon) {
  std::string text = "(";
  for (const object::GeoPoint& point : polygon.points) {
    if (text.size() > 1) text += ',';
    text += point_text(point);
  }
  return text + ")";
}

}  // namespace parse::storage::postgres
