#pragma once

#include "schema/class_schema.h"
#include "storage/postgres/catalog.h"
#include "storage/sql/sql_text.h"

namespace parse::storage::postgres {

/// What follows `CREATE INDEX name ON` for an index of the class: the table, the method, what is indexed, and for a
/// partial index its condition. `table` is what the database has of the class, or nullptr when that is as new.
/// - text: GIN over the words of each text field, as searches spell it
/// - places: GiST; unique ones compare the two numbers
/// - lists and objects: GIN, which finds elements and values at paths; unique and compound ones compare whole values
/// - a dotted path in a unique or compound index: the value as text
/// Errors: kInvalidQuery (102) for a field that does not exist, cannot be indexed, or a condition that an index cannot
/// have.
sql::SqlText index_target(const schema::ClassSchema& class_schema, const schema::Index& index, const Table* table);

}  // namespace parse::storage::postgres
