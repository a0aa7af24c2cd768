#pragma once

#include "schema/class_schema.h"
#include "storage/postgres/connection.h"
#include "storage/postgres/errors.h"

namespace parse::storage::postgres {

/// `schema` without the classes, fields and relations that the database does not have: such names read as empty.
schema::Schema actual_schema(Connection& connection, const schema::Schema& schema);

/// Runs `body(schema)`, and again with what the database really has when the snapshot names a table or column that is
/// not there. Not inside a transaction, which the first failure has ended.
template <typename Body>
auto with_actual_schema(Connection& connection, const schema::Schema& schema, Body&& body) {
  try {
    return body(schema);
  } catch (const MissingName&) {
  }
  return body(actual_schema(connection, schema));
}

}  // namespace parse::storage::postgres
