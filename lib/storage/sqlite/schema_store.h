#pragma once

#include "schema/class_schema.h"
#include "storage/sqlite/connection.h"

/// The "_SCHEMA" table: one row for each class, its definition as JSON (docs/storage-sqlite.md).
namespace parse::storage::sqlite {

schema::Schema load_classes(Connection& connection);
/// The class as stored now, or nullopt.
std::optional<schema::ClassSchema> load_class(Connection& connection, const std::string& class_name);
void store_class(Connection& connection, const schema::ClassSchema& class_schema);
void erase_class(Connection& connection, const std::string& class_name);

}  // namespace parse::storage::sqlite
