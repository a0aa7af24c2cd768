#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schema/class_schema.h"
#include "storage/postgres/catalog.h"
#include "storage/postgres/schema_json.h"

/// The "_SCHEMA" table: one row for each class (see schema_json.h), but none for volatile classes (`_Hooks`,
/// `_Audience` …): those are what their tables are. Fields without a column count as missing, so that they are made
/// when needed.
namespace parse::storage::postgres {

/// Fields in this order: built-in ones, those of a system class, then as they were made.
schema::Schema load_classes(Connection& connection);
/// What the rows say, whatever the tables have.
std::vector<StoredClass> read_rows(Connection& connection);
/// The class as stored now, or nullopt.
std::optional<schema::ClassSchema> load_class(Connection& connection, const std::string& class_name);

/// Makes the row say `merged` where it said `stored`; holds the row from then on until the transaction ends. Nothing
/// for volatile classes.
void store_class(Connection& connection, const schema::ClassSchema& stored, const schema::ClassSchema& merged);
void erase_class(Connection& connection, const std::string& class_name);

}  // namespace parse::storage::postgres
