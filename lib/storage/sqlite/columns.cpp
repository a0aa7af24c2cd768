#include "storage/sqlite/columns.h"

#include <fmt/format.h>

namespace parse::storage::sqlite {

std::string latitude_column(std::string_view field) { return fmt::format("{}:lat", field); }
std::string longitude_column(std::string_view field) { return fmt::format("{}:lng", field); }

std::string join_table(std::string_view owning_class, std::string_view key) {
  return fmt::format("_Join:{}:{}", key, owning_class);
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

bool is_never_null(std::string_view field) {
  return field == "objectId" || field == "createdAt" || field == "updatedAt";
}

}  // namespace parse::storage::sqlite
