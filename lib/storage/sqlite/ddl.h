#pragma once

#include "schema/class_schema.h"
#include "storage/sqlite/connection.h"

/// Tables and indexes of classes. Each function runs several statements: the caller brings the transaction.
namespace parse::storage::sqlite {

/// Makes the table with join tables and indexes.
void create_tables(Connection& connection, const schema::ClassSchema& class_schema);
/// Adds and drops what differs. A column that is there already stays. Throws kDuplicateValue (137) when a unique index
/// cannot be made.
void alter_tables(Connection& connection, const schema::ClassSchema& before, const schema::ClassSchema& after);
/// Drops the table, its indexes and join tables, when they are there.
void drop_tables(Connection& connection, const schema::ClassSchema& class_schema);

}  // namespace parse::storage::sqlite
