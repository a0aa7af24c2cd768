#pragma once

#include <memory>
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
/// The class to read from: one of the schema, or the join table of a relation ("_Join:<field>:<Class>") as a class with
/// the fields relatedId and owningId. nullptr when there is none.
std::shared_ptr<const schema::ClassSchema> find_readable_class(const schema::Schema& schema, std::string_view name);
/// Column type in DDL; empty for kinds that have no single column (GeoPoint, ACL, Relation).
std::string_view column_type(schema::FieldKind kind);
/// createdAt, updatedAt and objectId never hold NULL.
bool is_never_null(std::string_view field);

}  // namespace parse::storage::sqlite
