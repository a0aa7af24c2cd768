#include "storage/sqlite/schema_store.h"

#include "storage/sqlite/schema_json.h"

namespace parse::storage::sqlite {

schema::Schema load_classes(Connection& connection) {
  schema::Schema schema;
  StatementUse use(connection.prepare("SELECT \"className\", \"definition\" FROM \"_SCHEMA\""), {});
  while (use->step()) schema.set(class_from_json(std::string(use->text(0)), use->text(1)));
  return schema;
}

std::optional<schema::ClassSchema> load_class(Connection& connection, const std::string& class_name) {
  StatementUse use(connection.prepare("SELECT \"definition\" FROM \"_SCHEMA\" WHERE \"className\" = ?"),
                   {std::string_view(class_name)});
  if (!use->step()) return std::nullopt;
  return class_from_json(class_name, use->text(0));
}

void store_class(Connection& connection, const schema::ClassSchema& class_schema) {
  sql::SqlText sql;
  sql.raw("INSERT OR REPLACE INTO \"_SCHEMA\" (\"className\", \"definition\") VALUES (");
  sql.bind(std::string_view(class_schema.name)).raw(",").bind(class_to_json(class_schema)).raw(")");
  connection.run(sql);
}

void erase_class(Connection& connection, const std::string& class_name) {
  sql::SqlText sql;
  connection.run(sql.raw("DELETE FROM \"_SCHEMA\" WHERE \"className\" = ").bind(std::string_view(class_name)));
}

}  // namespace parse::storage::sqlite
