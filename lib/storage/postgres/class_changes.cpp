#include "storage/postgres/class_changes.h"

#include <fmt/format.h>

#include "object/json.h"
#include "storage/postgres/ddl.h"
#include "storage/postgres/ddl_transaction.h"
#include "storage/postgres/schema_store.h"
#include "storage/sql/class_merge.h"

namespace parse::storage::postgres {
namespace {

using schema::ClassSchema;

// How often a change is tried again after a deadlock with another server.
constexpr int kAttempts = 5;

/// Reaches the others when the transaction commits, and only then.
void notify(Connection& connection, std::string_view sender_id) {
  sql::SqlText sql(sql::Values::kNumbered);
  sql.raw("SELECT 1 FROM pg_notify('schema.change',");
  sql.bind(object::to_json(object::Object{{"senderId", sender_id}})).raw(")");
  connection.run(sql);
}

/// Two transactions may have met each other: the Node server locks tables and rows in another order.
template <typename Change>
void change_schema(Connection& connection, const std::string& class_name, std::string_view sender_id,
                   const Change& change) {
  for (int attempt = 1;; ++attempt) {
    try {
      return in_transaction(connection, [&] {
        lock_name(connection, "parse class " + class_name);
        change();
        notify(connection, sender_id);
      });
    } catch (const AlreadyThere&) {
      if (attempt == kAttempts) throw;
    } catch (const Error& error) {
      if (error.code() != ErrorCode::kInvalidLinkedSession || attempt == kAttempts) throw;
    }
  }
}

}  // namespace

void make_class(Connection& connection, const ClassSchema& class_schema, std::string_view sender_id) {
  change_schema(connection, class_schema.name, sender_id, [&] {
    if (load_class(connection, class_schema.name))
      throw Error(ErrorCode::kInvalidClassName, fmt::format("Class {} already exists.", class_schema.name));
    create_tables(connection, class_schema);
    store_class(connection, {}, class_schema);
  });
}

void change_class(Connection& connection, const ClassSchema& before, const ClassSchema& after,
                  std::string_view sender_id) {
  change_schema(connection, after.name, sender_id, [&] {
    const auto stored = load_class(connection, after.name);
    if (!stored) throw Error(ErrorCode::kInvalidClassName, fmt::format("Class {} does not exist.", after.name));
    sql::check_new_fields(*stored, before, after);
    alter_tables(connection, before, after);
    store_class(connection, *stored, sql::merge(*stored, before, after));
  });
}

void drop_class(Connection& connection, const ClassSchema& class_schema, std::string_view sender_id) {
  change_schema(connection, class_schema.name, sender_id, [&] {
    drop_tables(connection, class_schema);
    erase_class(connection, class_schema.name);
  });
}

}  // namespace parse::storage::postgres
