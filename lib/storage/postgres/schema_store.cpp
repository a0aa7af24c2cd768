#include "storage/postgres/schema_store.h"

#include "object/json.h"
#include "schema/default_classes.h"
#include "schema/names.h"
#include "storage/postgres/stored_class.h"

namespace parse::storage::postgres {
namespace {

using schema::ClassSchema;

/// The row's JSON; `lock` keeps others from changing it until the transaction ends.
std::optional<std::string> read_row(Connection& connection, const std::string& class_name, std::string_view lock) {
  sql::SqlText sql(sql::Values::kNumbered);
  sql.raw("SELECT \"schema\" FROM \"_SCHEMA\" WHERE \"className\" = ").bind(std::string_view(class_name)).raw(lock);
  const Result rows = connection.query(sql);
  if (rows.row_count() == 0) return std::nullopt;
  return std::string(rows.is_null(0, 0) ? std::string_view() : rows.json(0, 0));
}

object::Object parse_row(const std::optional<std::string>& json) {
  if (!json || json->empty()) return {};
  const object::Value value = object::parse_json(*json);
  return value.is<object::Object>() ? value.as<object::Object>() : object::Object();
}

}  // namespace

std::vector<StoredClass> read_rows(Connection& connection) {
  std::vector<StoredClass> stored;
  const Result rows =
      connection.query(sql::SqlText(sql::Values::kNumbered).raw("SELECT \"className\", \"schema\" FROM \"_SCHEMA\""));
  for (int row = 0; row < rows.row_count(); ++row) {
    const std::string_view json = rows.is_null(row, 1) ? std::string_view() : rows.json(row, 1);
    stored.push_back(read_class_json(std::string(rows.bytes(row, 0)), json));
  }
  return stored;
}

schema::Schema load_classes(Connection& connection) {
  schema::Schema schema;
  const Tables tables = read_tables(connection);
  for (StoredClass& row : read_rows(connection)) schema.set(with_table(std::move(row), tables));
  for (const std::string_view name : schema::classes_made_at_start()) {
    if (schema::is_volatile_class(name) && schema.find(name) == nullptr && find_table(tables, name) != nullptr)
      schema.set(from_table(std::string(name), tables));
  }
  return schema;
}

std::optional<ClassSchema> load_class(Connection& connection, const std::string& class_name) {
  const auto json = read_row(connection, class_name, "");
  const Tables tables = read_tables(connection, class_name);
  if (json) return with_table(read_class_json(class_name, *json), tables);
  if (!schema::is_volatile_class(class_name) || find_table(tables, class_name) == nullptr) return std::nullopt;
  return from_table(class_name, tables);
}

void store_class(Connection& connection, const ClassSchema& stored, const ClassSchema& merged) {
  const auto json = read_row(connection, merged.name, " FOR UPDATE");
  if (!json && schema::is_volatile_class(merged.name)) return;
  const object::Object row = edit_class_json(parse_row(json), stored, merged);
  sql::SqlText sql(sql::Values::kNumbered);
  sql.raw("INSERT INTO \"_SCHEMA\" (\"className\", \"schema\", \"isParseClass\") VALUES (");
  sql.bind(std::string_view(merged.name)).raw(",").bind(object::to_json(row)).raw(",true)");
  sql.raw(" ON CONFLICT (\"className\") DO UPDATE SET \"schema\" = excluded.\"schema\"");
  connection.run(sql);
}

void erase_class(Connection& connection, const std::string& class_name) {
  sql::SqlText sql(sql::Values::kNumbered);
  sql.raw("DELETE FROM \"_SCHEMA\" WHERE \"className\" = ").bind(std::string_view(class_name));
  connection.run(sql);
}

}  // namespace parse::storage::postgres
