#include <algorithm>

#include "base/overloaded.h"
#include "storage/sqlite/columns.h"
#include "storage/sqlite/find_sql.h"
#include "storage/sqlite/row_codec.h"
#include "storage/sqlite/where_sql.h"
#include "storage/sqlite/write.h"

namespace parse::storage::sqlite {
namespace {

/// One object at most can match: there is a condition objectId = "…" that must hold.
bool asks_for_one_id(const query::Where& where) {
  return std::any_of(where.conditions.begin(), where.conditions.end(), [](const query::Condition& condition) {
    const auto* field = std::get_if<query::FieldCondition>(&condition);
    return field != nullptr && field->path == "objectId" && std::holds_alternative<query::Equal>(field->constraint);
  });
}

sql::SqlValue number_value(const object::Value& amount) {
  if (const auto* integer = amount.get_if<std::int64_t>()) return *integer;
  return amount.number();
}

}  // namespace

ObjectUpdate::ObjectUpdate(const schema::Schema& schema, const UpdateRequest& request)
    : schema_(schema), request_(request) {
  const auto found = schema.classes().find(request.class_name);
  if (found == schema.classes().end()) return;
  class_schema_ = found->second;
  for (const object::FieldUpdate& change : request.changes) plan_change(change);
  if (request.updated_at) assignments_.push_back({"updatedAt", request.updated_at->time});
}

void ObjectUpdate::plan_change(const object::FieldUpdate& change) {
  if (std::holds_alternative<object::ChangeRelation>(change.op)) {
    relations_.push_back(&change);
    return;
  }
  if (std::holds_alternative<object::SetOnInsert>(change.op)) return;
  const std::string_view name = std::string_view(change.path).substr(0, change.path.find('.'));
  const schema::Field* field = class_schema_->find_field(name);
  if (field == nullptr) {
    if (std::holds_alternative<object::DeleteField>(change.op)) return;
    throw Error(ErrorCode::kInternal, "Internal server error.", "field " + change.path + " is not in the schema");
  }
  if (name.size() != change.path.size()) {
    reads_first_ = true;
  } else if (const auto* set = std::get_if<object::SetValue>(&change.op)) {
    encode_field(*field, &set->value, assignments_);
  } else if (std::holds_alternative<object::DeleteField>(change.op)) {
    encode_field(*field, nullptr, assignments_);
  } else if (const auto* sum = std::get_if<object::Increment>(&change.op);
             sum != nullptr && field->type.kind == schema::FieldKind::kNumber) {
    sums_.push_back({field->name, number_value(sum->amount)});
  } else {
    reads_first_ = true;
  }
}

WriteSize ObjectUpdate::size() const {
  return reads_first_ || !relations_.empty() ? WriteSize::kManyStatements : WriteSize::kOneStatement;
}

std::optional<object::Object> ObjectUpdate::run_first(Connection& connection) const {
  if (!class_schema_) return std::nullopt;
  std::optional<object::Object> changed;
  if (reads_first_) {
    std::vector<Row> rows = read_matches(connection, true);
    if (!rows.empty()) changed = write_row(connection, rows.front());
  } else {
    sql::SqlText sql;
    append_assignments(assignments_, sql);
    append_match(true, sql);
    changed = run_returning(connection, sql);
  }
  if (changed) change_relations(connection, changed->at("objectId").as<std::string>());
  return changed;
}

std::int64_t ObjectUpdate::run_all(Connection& connection) const {
  if (!class_schema_) return 0;
  if (!reads_first_ && relations_.empty()) {
    sql::SqlText sql;
    append_assignments(assignments_, sql);
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
  const ReadPlan plan = plan_read(class_schema_, std::nullopt);
  sql::SqlText sql;
  sql.raw("SELECT ");
  append_columns(plan, kMainAlias, sql);
  sql.raw(",").column(kMainAlias, kRowColumn).raw(" FROM ").identifier(class_schema_->name).raw(" AS ");
  sql.raw(kMainAlias).raw(" WHERE ");
  WhereSql(schema_, sql).append(*class_schema_, kMainAlias, request_.where);
  if (only_first) sql.raw(" LIMIT 1");
  std::vector<Row> rows;
  Statement& statement = connection.prepare(sql.text());
  StatementUse use(statement, sql.values());
  while (use->step()) rows.push_back({use->integer(use->column_count() - 1), read_row(statement, plan)});
  return rows;
}

/// Applies the changes to `object`; the columns of every field that they touch, borrowing from it.
std::vector<ColumnValue> ObjectUpdate::changed_columns(object::Object& object) const {
  for (const object::FieldUpdate& change : request_.changes) {
    if (!std::holds_alternative<object::ChangeRelation>(change.op))
      object::apply_update_at(object, change.path, change.op);
  }
  std::vector<ColumnValue> columns;
  for (const schema::Field& field : class_schema_->fields) {
    const bool touched =
        std::any_of(request_.changes.begin(), request_.changes.end(), [&](const object::FieldUpdate& change) {
          return std::string_view(change.path).substr(0, change.path.find('.')) == field.name;
        });
    if (touched) encode_field(field, object.find(field.name), columns);
  }
  if (request_.updated_at) columns.push_back({"updatedAt", request_.updated_at->time});
  return columns;
}

std::optional<object::Object> ObjectUpdate::write_row(Connection& connection, Row& row) const {
  sql::SqlText sql;
  append_assignments(changed_columns(row.object), sql);
  sql.raw(" WHERE ").identifier(kRowColumn).raw(" = ").bind(row.row);
  return run_returning(connection, sql);
}

void ObjectUpdate::append_assignments(const std::vector<ColumnValue>& columns, sql::SqlText& out) const {
  out.raw("UPDATE ").identifier(class_schema_->name).raw(" AS ").raw(kMainAlias).raw(" SET ");
  bool first = true;
  for (const ColumnValue& column : columns) {
    out.raw(first ? "" : ", ").identifier(column.column).raw(" = ").bind(column.value);
    first = false;
  }
  // SQL wants at least one assignment.
  if (first) out.identifier("updatedAt").raw(" = ").identifier("updatedAt");
  if (reads_first_) return;
  for (const Sum& sum : sums_) {
    out.raw(", ").identifier(sum.column).raw(" = COALESCE(").identifier(sum.column).raw(", 0) + ").bind(sum.amount);
  }
}

void ObjectUpdate::append_match(bool only_first, sql::SqlText& out) const {
  out.raw(" WHERE ");
  const bool picks = only_first && !asks_for_one_id(request_.where);
  if (picks) {
    out.identifier(kRowColumn).raw(" = (SELECT ").column(kMainAlias, kRowColumn).raw(" FROM ");
    out.identifier(class_schema_->name).raw(" AS ").raw(kMainAlias).raw(" WHERE ");
  }
  WhereSql(schema_, out).append(*class_schema_, kMainAlias, request_.where);
  if (picks) out.raw(" LIMIT 1)");
}

std::optional<object::Object> ObjectUpdate::run_returning(Connection& connection, const sql::SqlText& update) const {
  // The class snapshot's address stands for the column list; the plan keeps the snapshot alive.
  const schema::ClassSchema* identity = class_schema_.get();
  std::string key(reinterpret_cast<const char*>(&identity), sizeof identity);
  key += update.text();
  CachedStatement* cached = connection.find_cached(key);
  if (cached == nullptr) {
    auto plan = std::make_shared<ReadPlan>(plan_read(class_schema_, std::nullopt));
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
  for (const object::FieldUpdate* change : relations_)
    change_members(connection, {class_schema_->name, object_id}, change->path,
                   std::get<object::ChangeRelation>(change->op));
}

}  // namespace parse::storage::sqlite
