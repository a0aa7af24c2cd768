#include "storage/sqlite/value_codec.h"

#include <fmt/format.h>

#include <string_view>

#include "base/error.h"
#include "object/acl.h"
#include "object/json.h"
#include "storage/sql/scalar_values.h"
#include "storage/sqlite/acl_text.h"
#include "storage/sqlite/columns.h"

namespace parse::storage::sqlite {
namespace {

using object::Value;
using schema::FieldKind;

[[noreturn]] void throw_mismatch(const schema::Field& field, const Value& value) {
  throw Error(ErrorCode::kIncorrectType, fmt::format("schema mismatch for {}; got {}", field.name, value.json_type()));
}

void encode_geo_point(const schema::Field& field, const Value* value, std::vector<sql::ColumnValue>& out) {
  sql::SqlValue latitude = nullptr;
  sql::SqlValue longitude = nullptr;
  if (value != nullptr) {
    const auto* point = value->get_if<object::GeoPoint>();
    if (point == nullptr) throw_mismatch(field, *value);
    latitude = point->latitude;
    longitude = point->longitude;
  }
  out.push_back({latitude_column(field.name), std::move(latitude)});
  out.push_back({longitude_column(field.name), std::move(longitude)});
}

sql::SqlValue acl_value(const std::optional<std::vector<std::string>>& entries) {
  if (!entries) return nullptr;
  return acl_text(*entries);
}

void encode_acl(const Value* value, std::vector<sql::ColumnValue>& out) {
  const object::Acl acl = value ? object::read_acl(*value) : object::Acl();
  out.push_back({std::string(sql::kReadersColumn), acl_value(acl.readers)});
  out.push_back({std::string(sql::kWritersColumn), acl_value(acl.writers)});
}

}  // namespace

std::optional<sql::SqlValue> encode_scalar(FieldKind kind, const Value& value) {
  switch (kind) {
    case FieldKind::kString:
    case FieldKind::kNumber:
    case FieldKind::kPointer:
    case FieldKind::kFile:
      return sql::encode_plain(kind, value);
    case FieldKind::kBoolean:
      if (const auto* flag = value.get_if<bool>()) return static_cast<std::int64_t>(*flag);
      return std::nullopt;
    case FieldKind::kDate:
      if (const auto moment = sql::encode_moment(value)) return *moment;
      return std::nullopt;
    case FieldKind::kBytes:
      if (const auto* bytes = value.get_if<object::Bytes>()) return std::string_view(bytes->base64);
      return std::nullopt;
    case FieldKind::kObject:
      return sql::encode_json<object::Object>(value);
    case FieldKind::kArray:
      return sql::encode_json<object::Array>(value);
    case FieldKind::kPolygon:
      return sql::encode_json<object::Polygon>(value);
    case FieldKind::kGeoPoint:
    case FieldKind::kRelation:
    case FieldKind::kAcl:
      break;
  }
  return std::nullopt;
}

void encode_field(const schema::Field& field, const Value* value, std::vector<sql::ColumnValue>& out) {
  if (value != nullptr && value->is_null()) value = nullptr;
  switch (field.type.kind) {
    case FieldKind::kRelation:
      return;
    case FieldKind::kAcl:
      encode_acl(value, out);
      return;
    case FieldKind::kGeoPoint:
      encode_geo_point(field, value, out);
      return;
    default:
      break;
  }
  if (value == nullptr) {
    out.push_back({field.name, nullptr});
    return;
  }
  auto encoded = encode_scalar(field.type.kind, *value);
  if (!encoded) throw_mismatch(field, *value);
  out.push_back({field.name, std::move(*encoded)});
}

}  // namespace parse::storage::sqlite
