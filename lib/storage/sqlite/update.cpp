#include "storage/sql/find_sql.h"
#include "storage/sqlite/columns.h"
#include "storage/sqlite/row_codec.h"
#include "storage/sqlite/sqlite_where.h"
#include "storage/sqlite/write.h"

namespace parse::storage::sqlite {
ObjectUpdate::ObjectUpdate(const schema::Schema& schema, const UpdateRequest& request)
    : schema_(schema), request_(request), plan_(schema, request, encode_field) {}

WriteSize ObjectUpdate::size() const {
  return plan_.reads_first() || !plan_.relations().empty() ? WriteSize::kManyStatements : WriteSize::kOneStatement;
}

std::optional<object::Object> ObjectUpdate::run_first(Connection& connection) const {
  if (!plan_.class_schema()) return std::nullopt;
  std::optional<object::Object> changed;
  if (plan_.reads_first()) {
    std::vector<Row> rows = read_matches(connection, true);
    if (!rows.empty()) changed = write_row(connection, rows.front());
  } else {
    sql::SqlText sql;
    plan_.append_update(sql);
    append_match(true, sql);
    changed = run_returning(connection, sql);
  }
  if (changed) change_relations(connection, changed->at("objectId").as<std::string>());
  return changed;
}

std::int64_t ObjectUpdate::run_all(Connection& connection) const {
  if (!plan_.class_schema()) return 0;
  if (!plan_.reads_first() && plan_.relations().empty()) {
    sql::SqlText sql;
    plan_.append_update(sql);
    append_match(false, sql);
    return connection.run(sql);
  }
  std::vector<Row> rows = read_matches(connection, false);
  for (Row& row : rows) {
    if (const auto changed = write_row(connection, row))
      change_relations(connection, changed->at("objectId").as<std::string>());
  }
  return static_cast<std::int64_t>(rows.size());
}

std::vector<ObjectUpdate::Row> ObjectUpdate::read_matches(Connection& connection, bool only_first) const {
  const ReadPlan plan = sql::plan_read(plan_.class_schema(), std::nullopt, columns_of);
  sql::SqlText sql;
  sql.raw("SELECT ");
  append_columns(plan, sql::kMainAlias, sql);
  sql.raw(",").column(sql::kMainAlias, kRowColumn).raw(" FROM ").identifier(plan_.class_schema()->name).raw(" AS ");
  sql.raw(sql::kMainAlias).raw(" WHERE ");
  SqliteWhere(schema_, sql).append(*plan_.class_schema(), sql::kMainAlias, request_.where);
  if (only_first) sql.raw(" LIMIT 1");
  std::vector<Row> rows;
  Statement& statement = connection.prepare(sql.text());
  StatementUse use(statement, sql.values());
  while (use->step()) rows.push_back({use->integer(use->column_count() - 1), read_row(statement, plan)});
  return rows;
}

std::optional<object::Object> ObjectUpdate::write_row(Connection& connection, Row& row) const {
  sql::SqlText sql;
  plan_.append_update_of(row.object, sql);
  sql.raw(" WHERE ").identifier(kRowColumn).raw(" = ").bind(row.row);
  return run_returning(connection, sql);
}

void ObjectUpdate::append_match(bool only_first, sql::SqlText& out) const {
  out.raw(" WHERE ");
  const bool picks = only_first && !plan_.only_id();
  if (picks) {
    out.identifier(kRowColumn).raw(" = (SELECT ").column(sql::kMainAlias, kRowColumn).raw(" FROM ");
    out.identifier(plan_.class_schema()->name).raw(" AS ").raw(sql::kMainAlias).raw(" WHERE ");
  }
  SqliteWhere(schema_, out).append(*plan_.class_schema(), sql::kMainAlias, request_.where);
  if (picks) out.raw(" LIMIT 1)");
}

std::optional<object::Object> ObjectUpdate::run_returning(Connection& connection, const sql::SqlText& update) const {
  const std::string key = sql::read_key(plan_.class_schema().get(), std::nullopt, update.text());
  CachedStatement* cached = connection.find_cached(key);
  if (cached == nullptr) {
    auto plan = std::make_shared<ReadPlan>(sql::plan_read(plan_.class_schema(), std::nullopt, columns_of));
    sql::SqlText returning;
    returning.raw(" RETURNING ");
    append_columns(*plan, "", returning);
    cached = &connection.cache(key, update.text() + returning.text());
    cached->plan = std::move(plan);
  }
  StatementUse use(cached->statement, update.values());
  if (!use->step()) return std::nullopt;
  std::optional<object::Object> changed = read_row(cached->statement, *cached->plan);
  while (use->step()) {
  }
  return changed;
}

void ObjectUpdate::change_relations(Connection& connection, const std::string& object_id) const {
  for (const object::FieldUpdate* change : plan_.relations())
    change_members(connection, {plan_.class_schema()->name, object_id}, change->path,
                   std::get<object::ChangeRelation>(change->op));
}

}  // namespace parse::storage::sqlite
