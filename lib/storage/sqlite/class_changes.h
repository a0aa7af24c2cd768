#pragma once

#include "schema/class_schema.h"
#include "storage/sqlite/connection.h"

/// Schema edits of the contract; see storage/adapter.h. Each runs inside the caller's transaction.
namespace parse::storage::sqlite {

void make_class(Connection& connection, const schema::ClassSchema& class_schema);
void change_class(Connection& connection, const schema::ClassSchema& before, const schema::ClassSchema& after);
void drop_class(Connection& connection, const schema::ClassSchema& class_schema);

}  // namespace parse::storage::sqlite
