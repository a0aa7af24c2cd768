#include "storage/postgres/write.h"

#include <algorithm>

#include "storage/postgres/parameters.h"
#include "storage/postgres/postgres_where.h"
#include "storage/postgres/value_codec.h"
#include "storage/sql/columns.h"
#include "storage/sql/find_sql.h"

namespace parse::storage::postgres {
namespace {

/// A statement takes 65,535 values.
constexpr std::size_t kMostValues = 60000;

std::string id_list(const std::vector<object::Pointer>& pointers) {
  std::vector<std::string> ids;
  ids.reserve(pointers.size());
  for (const object::Pointer& pointer : pointers) ids.push_back(pointer.object_id);
  return array_literal(ids);
}

}  // namespace

WriteStatement insert_statement(const schema::Schema& schema, const std::string& class_name,
                                const object::Object& object) {
  sql::SqlText sql = sql::insert_sql(schema, class_name, {&object}, encode_field, sql::Values::kNumbered);
  std::vector<sql::SqlValue> values = sql.take_values();
  return {sql.text(), [text = sql.text()] { return text; }, nullptr, std::move(values)};
}

void insert_objects(Connection& connection, const schema::Schema& schema, const std::string& class_name,
                    const std::vector<const object::Object*>& objects) {
  if (objects.empty()) return;
  connection.run(sql::insert_sql(schema, class_name, objects, encode_field, sql::Values::kNumbered));
}

void insert_many(Connection& connection, const schema::Schema& schema, const std::string& class_name,
                 const std::vector<object::Object>& objects) {
  const schema::ClassSchema* class_schema = schema.find(class_name);
  const std::size_t columns = class_schema ? class_schema->fields.size() + 1 : 1;  // an ACL has two
  const std::size_t most_rows = std::max<std::size_t>(1, kMostValues / columns);
  std::vector<const object::Object*> rows;
  for (const object::Object& object : objects) {
    rows.push_back(&object);
    if (rows.size() < most_rows) continue;
    insert_objects(connection, schema, class_name, rows);
    rows.clear();
  }
  insert_objects(connection, schema, class_name, rows);
}

std::int64_t remove_objects(Connection& connection, const schema::Schema& schema, const std::string& class_name,
                            const query::Where& where) {
  const schema::ClassSchema* class_schema = schema.find(class_name);
  if (class_schema == nullptr) return 0;
  sql::SqlText sql(sql::Values::kNumbered);
  sql.raw("DELETE FROM ").identifier(class_name).raw(" AS ").raw(sql::kMainAlias).raw(" WHERE ");
  PostgresWhere(schema, sql).append(*class_schema, sql::kMainAlias, where);
  return connection.run(sql);
}

void change_members(Connection& connection, const object::Pointer& owner, const std::string& key,
                    const object::ChangeRelation& change) {
  const std::string table = sql::join_table(owner.class_name, key);
  if (!change.added.empty()) {
    sql::SqlText sql(sql::Values::kNumbered);
    sql.raw("INSERT INTO ").identifier(table).raw(" (\"owningId\", \"relatedId\") SELECT ");
    sql.bind(std::string_view(owner.object_id)).raw(", related FROM unnest(").bind(id_list(change.added));
    connection.run(sql.raw("::text[]) AS related ON CONFLICT DO NOTHING"));
  }
  if (!change.removed.empty()) {
    sql::SqlText sql(sql::Values::kNumbered);
    sql.raw("DELETE FROM ").identifier(table).raw(" WHERE \"owningId\" = ").bind(std::string_view(owner.object_id));
    connection.run(sql.raw(" AND \"relatedId\" = ANY(").bind(id_list(change.removed)).raw("::text[])"));
  }
}

}  // namespace parse::storage::postgres
