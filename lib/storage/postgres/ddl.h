#pragma once

#include "schema/class_schema.h"
#include "storage/postgres/catalog.h"

/// Tables of classes. Each function runs several statements: the caller brings the transaction. What is already there,
/// made by somebody else at the same moment, stays as it is.
namespace parse::storage::postgres {

/// Makes the table and its join tables. Errors: kInvalidSchemaOperation (255) when there is a table that cannot hold
/// the class; kInvalidClassName (103) when the database would take the name for that of another class.
void create_tables(Connection& connection, const schema::ClassSchema& class_schema);
/// Adds and drops what differs, the indexes on dropped fields included. Errors: kInvalidSchemaOperation (255) when a
/// column is there with another type, or the database would take the field's name for that of another.
void alter_tables(Connection& connection, const schema::ClassSchema& before, const schema::ClassSchema& after);
/// Drops the table, its indexes and join tables, when they are there.
void drop_tables(Connection& connection, const schema::ClassSchema& class_schema);

/// The index of a join table by the owner of its members: its name, and what follows CREATE INDEX.
std::string owner_index_name(const std::string& join_table);
sql::SqlText owner_index(const std::string& join_table);

}  // namespace parse::storage::postgres
