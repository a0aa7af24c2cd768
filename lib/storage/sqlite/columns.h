#pragma once

#include <string>
#include <string_view>

#include "schema/class_schema.h"

/// Names of tables and columns. docs/storage-sqlite.md describes the layout.
namespace parse::storage::sqlite {

/// The integer primary key of every class table: rows without an order come back in the order they were made.
inline constexpr std::string_view kRowColumn = "_row";
inline constexpr std::string_view kReadersColumn = "_rperm";
inline constexpr std::string_view kWritersColumn = "_wperm";

/// A GeoPoint field has two REAL columns.
std::string latitude_column(std::string_view field);
std::string longitude_column(std::string_view field);
/// The table of a relation field: (relatedId, owningId).
std::string join_table(std::string_view owning_class, std::string_view key);
/// Column type in DDL; empty for kinds that have no single column (GeoPoint, ACL, Relation).
std::string_view column_type(schema::FieldKind kind);
/// createdAt, updatedAt and objectId never hold NULL.
bool is_never_null(std::string_view field);

}  // namespace parse::storage::sqlite
