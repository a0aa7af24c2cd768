#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schema/class_schema.h"
#include "storage/sql/columns.h"

/// Names and types of columns. docs/storage-sqlite.md describes the layout.
namespace parse::storage::sqlite {

/// The integer primary key of every class table: rows without an order come back in the order they were made.
inline constexpr std::string_view kRowColumn = "_row";

/// A GeoPoint field has two REAL columns.
std::string latitude_column(std::string_view field);
std::string longitude_column(std::string_view field);
/// The columns of a field, in the order in which rows are read; a Relation has none.
std::vector<std::string> columns_of(const schema::Field& field);
/// Column type in DDL; empty for kinds that have no single column (GeoPoint, ACL, Relation).
std::string_view column_type(schema::FieldKind kind);

}  // namespace parse::storage::sqlite
