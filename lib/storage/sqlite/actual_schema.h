#pragma once

#include <utility>

#include "schema/class_schema.h"
#include "storage/sqlite/connection.h"
#include "storage/sqlite/errors.h"

namespace parse::storage::sqlite {

/// `schema` without the classes, fields and relations that the database does not have.
schema::Schema actual_schema(Connection& connection, const schema::Schema& schema);

/// Runs `body(schema)`, and again with what the database really has when the snapshot names a table or column that is
/// not there: such names read as empty.
template <typename Body>
auto with_actual_schema(Connection& connection, const schema::Schema& schema, Body&& body) {
  try {
    return body(schema);
  } catch (const MissingName&) {
  }
  return body(actual_schema(connection, schema));
}

}  // namespace parse::storage::sqlite
