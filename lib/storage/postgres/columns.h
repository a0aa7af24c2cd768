#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schema/class_schema.h"
#include "storage/postgres/result.h"

/// Names and types of columns: those of the Node server, so that either can open the other's database.
/// Source: parse-server PostgresStorageAdapter parseTypeToPostgresType, createTable.
namespace parse::storage::postgres {

/// PostgreSQL cuts longer names of tables, columns and indexes.
inline constexpr std::size_t kNameBytes = 63;

/// The name as PostgreSQL keeps it: cut to kNameBytes, never inside a character.
std::string stored_name(std::string_view name);
/// The columns of a field: two for ACL, none for a Relation.
std::vector<std::string> columns_of(const schema::Field& field);
/// Column type in DDL; empty for a Relation.
std::string_view column_type(schema::FieldKind kind);
/// True when values of the field can live in a column of this type: the one we make, or one that an older server or
/// the owner of the database made.
bool fits(schema::FieldKind kind, ColumnType column);
/// What a column holds when no schema says so.
schema::FieldKind kind_of(ColumnType column);

}  // namespace parse::storage::postgres
