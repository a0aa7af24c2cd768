#include "storage/postgres/columns.h"

#include <algorithm>

namespace parse::storage::postgres {
namespace {

using schema::FieldKind;

bool is_one_of(ColumnType column, std::initializer_list<ColumnType> list) {
  return std::find(list.begin(), list.end(), column) != list.end();
}

bool is_text(ColumnType column) { return is_one_of(column, {ColumnType::kText, ColumnType::kVarchar}); }
bool is_json(ColumnType column) { return is_one_of(column, {ColumnType::kJsonb, ColumnType::kJson}); }
bool is_time(ColumnType column) { return is_one_of(column, {ColumnType::kTimestampWithZone, ColumnType::kTimestamp}); }
bool is_number(ColumnType column) {
  return is_one_of(column, {ColumnType::kDouble, ColumnType::kReal, ColumnType::kSmallint, ColumnType::kInteger,
                            ColumnType::kBigint, ColumnType::kNumeric});
}

}  // namespace

std::string stored_name(std::string_view name) {
  if (name.size() <= kNameBytes) return std::string(name);
  std::size_t end = kNameBytes;
  while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80) --end;
  return std::string(name.substr(0, end));
}

std::vector<std::string> columns_of(const schema::Field& field) {
  if (field.type.kind == FieldKind::kAcl) return {"_rperm", "_wperm"};
  if (field.type.kind == FieldKind::kRelation) return {};
  return {field.name};
}

std::string_view column_type(FieldKind kind) {
  switch (kind) {
    case FieldKind::kString:
    case FieldKind::kFile:
    case FieldKind::kPointer:
      return "text";
    case FieldKind::kNumber:
      return "double precision";
    case FieldKind::kBoolean:
      return "boolean";
    case FieldKind::kDate:
      return "timestamp with time zone";
    case FieldKind::kObject:
    case FieldKind::kArray:
    case FieldKind::kBytes:
      return "jsonb";
    case FieldKind::kGeoPoint:
      return "point";
    case FieldKind::kPolygon:
      return "polygon";
    case FieldKind::kAcl:
      return "text[]";
    case FieldKind::kRelation:
      break;
  }
  return "";
}

bool fits(FieldKind kind, ColumnType column) {
  switch (kind) {
    case FieldKind::kString:
    case FieldKind::kFile:
    case FieldKind::kPointer:
      return is_text(column);
    case FieldKind::kNumber:
      return is_number(column);
    case FieldKind::kBoolean:
      return column == ColumnType::kBoolean;
    case FieldKind::kDate:
      return is_time(column);
    case FieldKind::kArray:
      return is_json(column) || column == ColumnType::kTextArray;
    case FieldKind::kObject:
    case FieldKind::kBytes:
      return is_json(column);
    case FieldKind::kGeoPoint:
      return column == ColumnType::kPoint;
    case FieldKind::kPolygon:
      return column == ColumnType::kPolygon;
    case FieldKind::kAcl:
      return column == ColumnType::kTextArray;
    case FieldKind::kRelation:
      break;
  }
  return false;
}

FieldKind kind_of(ColumnType column) {
  if (is_number(column)) return FieldKind::kNumber;
  if (is_time(column)) return FieldKind::kDate;
  if (is_json(column)) return FieldKind::kObject;
  switch (column) {
    case ColumnType::kBoolean:
      return FieldKind::kBoolean;
    case ColumnType::kTextArray:
      return FieldKind::kArray;
    case ColumnType::kPoint:
      return FieldKind::kGeoPoint;
    case ColumnType::kPolygon:
      return FieldKind::kPolygon;
    default:
      return FieldKind::kString;
  }
}

}  // namespace parse::storage::postgres
