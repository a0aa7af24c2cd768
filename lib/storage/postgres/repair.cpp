#include "storage/postgres/repair.h"

#include "base/error.h"
#include "logging/logger.h"
#include "schema/default_classes.h"
#include "storage/postgres/ddl.h"
#include "storage/postgres/name_lock.h"
#include "storage/postgres/schema_store.h"
#include "storage/postgres/stored_class.h"
#include "storage/postgres/transaction_scope.h"

namespace parse::storage::postgres {
namespace {

using schema::ClassSchema;

/// `found` with all that is in the row too; a class without a table gets the fields of every class.
ClassSchema complete(const ClassSchema& found, const ClassSchema& row, bool has_table) {
  ClassSchema all = found;
  const auto append = [&](const std::vector<schema::Field>& fields) {
    for (const schema::Field& field : fields) {
      if (all.find_field(field.name) == nullptr) all.fields.push_back(field);
    }
  };
  if (!has_table) append(schema::default_class(row.name).fields);
  append(row.fields);
  return all;
}

void make_missing(Connection& connection, const ClassSchema& found, const ClassSchema& wanted) {
  try {
    TransactionScope scope(connection);
    lock_name(connection, "parse class " + wanted.name);
    alter_tables(connection, found, wanted);
    scope.commit();
  } catch (const Disconnected&) {
    throw;
  } catch (const Error& error) {
    logging::warn("Class {} cannot be completed in the database: {} {}", wanted.name, error.message(), error.cause());
  }
}

}  // namespace

void make_missing_columns(Connection& connection) {
  const Tables tables = read_tables(connection);
  for (StoredClass& row : read_rows(connection)) {
    const bool has_table = find_table(tables, row.class_schema.name) != nullptr;
    const ClassSchema found = with_table(row, tables);
    const ClassSchema wanted = complete(found, row.class_schema, has_table);
    if (wanted.fields.size() > found.fields.size()) make_missing(connection, found, wanted);
  }
}

}  // namespace parse::storage::postgres
