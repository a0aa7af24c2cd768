#pragma once

#include "storage/postgres/catalog.h"
#include "storage/postgres/schema_json.h"

/// A class put together from its row in "_SCHEMA" and its table.
namespace parse::storage::postgres {

/// The class that the row describes, as far as the tables have it: fields in order, default columns that are in the
/// table but never in the row, default indexes, and the indexes' options. `tables` hold its table and join tables.
schema::ClassSchema with_table(StoredClass stored, const Tables& tables);
/// A class without a row, made out from its table's columns.
schema::ClassSchema from_table(const std::string& class_name, const Tables& tables);

}  // namespace parse::storage::postgres
