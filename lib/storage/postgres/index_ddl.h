#pragma once

#include "schema/class_schema.h"
#include "storage/postgres/connection.h"

/// Indexes of classes; index_names.h says how they are called, index_sql.h what they are made of. The index `_id_` is
/// the primary key and never made.
namespace parse::storage::postgres {

/// Makes the indexes of a table that is new or small, in the caller's transaction. Throws AlreadyThere when somebody
/// else takes the same name at the same moment. Errors: kDuplicateValue (137) when a unique one cannot be made;
/// kInvalidQuery (102) for one that PostgreSQL cannot make.
void create_indexes(Connection& connection, const schema::ClassSchema& class_schema);

/// Makes one index, unless it is there, while others go on writing, which takes as long as it takes, and outside a
/// transaction; one that is there under the same name with another definition gives way when the new one is ready.
/// Servers take turns. Returns whether there was something to do. Errors: as create_indexes; kInvalidClassName (103)
/// when the table is gone, kInvalidSchemaOperation (255) when a field is. Nothing is left behind then.
bool build_index(Connection& connection, const schema::ClassSchema& class_schema, const schema::Index& index);
/// As build_index for an index that the server makes by itself: what keeps it from being made, equal values or a
/// missing right, is told in the log instead of thrown. Where uniqueness is about the case of letters, a plain index is
/// made in its place. Returns whether the index is there as asked for.
bool build_default_index(Connection& connection, const schema::ClassSchema& class_schema, const schema::Index& index);
/// Drops the index, if it is there, while others go on. Outside a transaction.
void remove_index(Connection& connection, const schema::ClassSchema& class_schema, const schema::Index& index);

/// Members of a relation are found by their owner, which the primary key of join tables, that of the Node server, does
/// not help with. Makes what index is missing; a failure is told in the log.
void index_join_tables(Connection& connection);

}  // namespace parse::storage::postgres
