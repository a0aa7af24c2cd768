#include "storage/sqlite/class_changes.h"

#include <fmt/format.h>

#include "storage/sql/class_merge.h"
#include "storage/sqlite/ddl.h"
#include "storage/sqlite/schema_store.h"

namespace parse::storage::sqlite {

void make_class(Connection& connection, const schema::ClassSchema& class_schema) {
  if (load_class(connection, class_schema.name))
    throw Error(ErrorCode::kInvalidClassName, fmt::format("Class {} already exists.", class_schema.name));
  create_tables(connection, class_schema);
  store_class(connection, class_schema);
}

void change_class(Connection& connection, const schema::ClassSchema& before, const schema::ClassSchema& after) {
  const auto stored = load_class(connection, after.name);
  if (!stored) throw Error(ErrorCode::kInvalidClassName, fmt::format("Class {} does not exist.", after.name));
  sql::check_new_fields(*stored, before, after);
  alter_tables(connection, before, after);
  store_class(connection, sql::merge(*stored, before, after));
}

void drop_class(Connection& connection, const schema::ClassSchema& class_schema) {
  drop_tables(connection, class_schema);
  erase_class(connection, class_schema.name);
}

}  // namespace parse::storage::sqlite
