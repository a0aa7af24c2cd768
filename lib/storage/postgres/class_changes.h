#pragma once

#include <string_view>

#include "schema/class_schema.h"
#include "storage/postgres/connection.h"

/// Schema edits of the contract; see storage/adapter.h. Each is a transaction of its own, makes other servers that
/// change the same class wait, and ends in a notice to all servers, signed with `sender_id` (see schema_watch.h).
namespace parse::storage::postgres {

void make_class(Connection& connection, const schema::ClassSchema& class_schema, std::string_view sender_id);
void change_class(Connection& connection, const schema::ClassSchema& before, const schema::ClassSchema& after,
                  std::string_view sender_id);
void drop_class(Connection& connection, const schema::ClassSchema& class_schema, std::string_view sender_id);

}  // namespace parse::storage::postgres
