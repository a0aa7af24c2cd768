#include <utility>

#include "storage/postgres/columns.h"
#include "storage/postgres/postgres_where.h"
#include "storage/postgres/row_codec.h"
#include "storage/postgres/value_codec.h"
#include "storage/postgres/write.h"
#include "storage/sql/find_sql.h"
#include "storage/sql/read_plan.h"

namespace parse::storage::postgres {

ObjectUpdate::ObjectUpdate(const schema::Schema& schema, const UpdateRequest& request)
    : schema_(schema), request_(request), plan_(schema, request, encode_field) {}

std::optional<object::Object> ObjectUpdate::run_first(Connection& connection) const {
  if (!plan_.class_schema()) return std::nullopt;
  std::optional<object::Object> changed;
  if (plan_.reads_first()) {
    std::vector<object::Object> rows = read_matches(connection, true);
    if (!rows.empty()) changed = write_row(connection, rows.front());
  } else {
    changed = run_returning(connection, update_sql(true));
  }
  if (changed) change_relations(connection, changed->at("objectId").as<std::string>());
  return changed;
}

std::int64_t ObjectUpdate::run_all(Connection& connection) const {
  if (!plan_.class_schema()) return 0;
  if (!needs_transaction()) return connection.run(update_sql(false));
  std::vector<object::Object> rows = read_matches(connection, false);
  for (object::Object& row : rows) {
    if (const auto changed = write_row(connection, row))
      change_relations(connection, changed->at("objectId").as<std::string>());
  }
  return static_cast<std::int64_t>(rows.size());
}

/// The whole change in one statement. Of several matches the first one found and locked is changed: another writer who
/// was faster is waited for, and its row looked at again.
sql::SqlText ObjectUpdate::update_sql(bool only_first) const {
  sql::SqlText sql(sql::Values::kNumbered);
  plan_.append_update(sql);
  sql.raw(" WHERE ");
  const bool picks = only_first && !plan_.only_id();
  if (picks) {
    sql.column(sql::kMainAlias, "objectId").raw(" = (SELECT ").column(sql::kMainAlias, "objectId").raw(" FROM ");
    sql.identifier(plan_.class_schema()->name).raw(" AS ").raw(sql::kMainAlias).raw(" WHERE ");
  }
  PostgresWhere(schema_, sql).append(*plan_.class_schema(), sql::kMainAlias, request_.where);
  if (picks) sql.raw(" LIMIT 1 FOR UPDATE)");
  return sql;
}

/// The rows, kept from other writers until the transaction ends.
std::vector<object::Object> ObjectUpdate::read_matches(Connection& connection, bool only_first) const {
  const sql::ReadPlan plan = sql::plan_read(plan_.class_schema(), std::nullopt, columns_of);
  sql::SqlText sql(sql::Values::kNumbered);
  sql.raw("SELECT ");
  append_columns(plan, sql::kMainAlias, sql);
  sql.raw(" FROM ").identifier(plan_.class_schema()->name).raw(" AS ").raw(sql::kMainAlias).raw(" WHERE ");
  PostgresWhere(schema_, sql).append(*plan_.class_schema(), sql::kMainAlias, request_.where);
  sql.raw(only_first ? " LIMIT 1 FOR UPDATE" : " FOR UPDATE");
  const Result result = connection.query(sql);
  std::vector<object::Object> rows;
  for (int row = 0; row < result.row_count(); ++row) rows.push_back(read_row(result, row, plan));
  return rows;
}

std::optional<object::Object> ObjectUpdate::write_row(Connection& connection, object::Object& row) const {
  const std::string object_id = row.at("objectId").as<std::string>();
  sql::SqlText sql(sql::Values::kNumbered);
  plan_.append_update_of(row, sql);
  sql.raw(" WHERE ").column(sql::kMainAlias, "objectId").raw(" = ").bind(object_id);
  return run_returning(connection, std::move(sql));
}

/// The update with what it leaves in the row. The columns are not part of the key, as the class says which they are.
WriteStatement ObjectUpdate::returning(sql::SqlText update) const {
  auto plan = std::make_shared<sql::ReadPlan>(sql::plan_read(plan_.class_schema(), std::nullopt, columns_of));
  const auto whole_text = [text = update.text(), plan] {
    sql::SqlText columns;
    append_columns(*plan, sql::kMainAlias, columns);
    return text + " RETURNING " + columns.text();
  };
  std::string key = sql::read_key(plan_.class_schema().get(), std::nullopt, update.text());
  return {std::move(key), whole_text, plan, update.take_values()};
}

std::optional<std::string> ObjectUpdate::only_object() const {
  return needs_transaction() || !plan_.class_schema() ? std::nullopt : plan_.only_id();
}

WriteStatement ObjectUpdate::statement() const { return returning(update_sql(true)); }

std::optional<object::Object> ObjectUpdate::run_returning(Connection& connection, sql::SqlText update) const {
  const WriteStatement statement = returning(std::move(update));
  CachedStatement* cached = connection.find_cached(statement.key);
  if (cached == nullptr) {
    cached = &connection.cache(statement.key, statement.text());
    cached->plan = statement.plan;
  }
  const std::shared_ptr<const sql::ReadPlan> plan = cached->plan;
  const Result result = connection.query(*cached, statement.values);
  if (result.row_count() == 0) return std::nullopt;
  return read_row(result, 0, *plan);
}

void ObjectUpdate::change_relations(Connection& connection, const std::string& object_id) const {
  for (const object::FieldUpdate* change : plan_.relations())
    change_members(connection, {plan_.class_schema()->name, object_id}, change->path,
                   std::get<object::ChangeRelation>(change->op));
}

}  // namespace parse::storage::postgres
