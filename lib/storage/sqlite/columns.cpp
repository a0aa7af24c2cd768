#include "storage/sqlite/columns.h"

#include <fmt/format.h>

namespace parse::storage::sqlite {

using schema::FieldKind;

std::string latitude_column(std::string_view field) { return fmt::format("{}:lat", field); }
std::string longitude_column(std::string_view field) { return fmt::format("{}:lng", field); }

std::vector<std::string> columns_of(const schema::Field& field) {
  if (field.type.kind == FieldKind::kGeoPoint) return {latitude_column(field.name), longitude_column(field.name)};
  if (field.type.kind == FieldKind::kAcl) return {std::string(sql::kReadersColumn), std::string(sql::kWritersColumn)};
  if (field.type.kind == FieldKind::kRelation) return {};
  return {field.name};
}

std::string_view column_type(schema::FieldKind kind) {
  switch (kind) {
    case schema::FieldKind::kNumber:
      return "NUMERIC";
    case schema::FieldKind::kBoolean:
    case schema::FieldKind::kDate:
      return "INTEGER";
    case schema::FieldKind::kString:
    case schema::FieldKind::kObject:
    case schema::FieldKind::kArray:
    case schema::FieldKind::kFile:
    case schema::FieldKind::kBytes:
    case schema::FieldKind::kPolygon:
    case schema::FieldKind::kPointer:
      return "TEXT";
    case schema::FieldKind::kGeoPoint:
    case schema::FieldKind::kRelation:
    case schema::FieldKind::kAcl:
      break;
  }
  return "";
}

}  // namespace parse::storage::sqlite
