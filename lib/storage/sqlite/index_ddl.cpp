#include "storage/sqlite/index_ddl.h"

#include <fmt/format.h>

#include <vector>

#include "storage/sqlite/columns.h"

namespace parse::storage::sqlite {
namespace {

using schema::FieldKind;

bool is_descending(const schema::IndexKey& key) { return key.direction.is_number() && key.direction.number() < 0; }

void append_key(const schema::ClassSchema& class_schema, const schema::IndexKey& key, bool first, sql::SqlText& out) {
  const std::string field = key.field;
  const schema::Field* found = class_schema.find_field(field);
  if (!first) out.raw(", ");
  if (found != nullptr && found->type.kind == FieldKind::kGeoPoint) {
    out.identifier(latitude_column(field)).raw(", ").identifier(longitude_column(field));
  } else {
    out.identifier(field).raw(is_descending(key) ? " DESC" : "");
  }
}

}  // namespace

std::string index_name(const std::string& class_name, const std::string& index) {
  return fmt::format("ix:{}:{}", class_name, index);
}

void create_built_in_index(Connection& connection, const std::string& class_name) {
  connection.run(sql::SqlText()
                     .raw("CREATE INDEX IF NOT EXISTS ")
                     .identifier(fmt::format("made:{}", class_name))
                     .raw(" ON ")
                     .identifier(class_name)
                     .raw(" (\"createdAt\")"));
}

void create_index(Connection& connection, const schema::ClassSchema& class_schema, const schema::Index& index) {
  sql::SqlText sql;
  sql.raw(index.unique ? "CREATE UNIQUE INDEX IF NOT EXISTS " : "CREATE INDEX IF NOT EXISTS ");
  sql.identifier(index_name(class_schema.name, index.name)).raw(" ON ").identifier(class_schema.name).raw(" (");
  bool first = true;
  for (const schema::IndexKey& key : index.keys) {
    append_key(class_schema, key, first, sql);
    first = false;
  }
  connection.run(sql.raw(")"));
}

void drop_index(Connection& connection, const schema::ClassSchema& class_schema, const schema::Index& index) {
  connection.run(sql::SqlText().raw("DROP INDEX IF EXISTS ").identifier(index_name(class_schema.name, index.name)));
}

void drop_indexes_on(Connection& connection, const std::string& class_name, const std::string& column) {
  std::vector<std::string> names;
  {
    StatementUse use(
        connection.prepare("SELECT DISTINCT l.name FROM pragma_index_list(?) AS l, pragma_index_info(l.name) "
                           "AS i WHERE i.name = ? AND l.origin = 'c'"),
        {std::string_view(class_name), std::string_view(column)});
    while (use->step()) names.emplace_back(use->text(0));
  }
  for (const std::string& name : names) connection.run(sql::SqlText().raw("DROP INDEX ").identifier(name));
}

}  // namespace parse::storage::sqlite
