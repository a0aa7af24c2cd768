#include "storage/sqlite/read.h"

#include <fmt/format.h>

#include <utility>

#include "base/overloaded.h"
#include "storage/examined_rows.h"
#include "storage/sql/find_sql.h"
#include "storage/sql/scan.h"
#include "storage/sqlite/actual_schema.h"
#include "storage/sqlite/columns.h"
#include "storage/sqlite/errors.h"
#include "storage/sqlite/row_codec.h"
#include "storage/sqlite/sqlite_where.h"

namespace parse::storage::sqlite {
namespace {

using schema::FieldKind;

/// A find, prepared: the values are those of the column list, then those of the tail.
struct PreparedFind {
  CachedStatement& cached;
  std::vector<sql::SqlValue> values;
};

void append_head(const schema::Schema& schema, const query::Find& find, ReadPlan& plan, sql::SqlText& out) {
  append_columns(plan, sql::kMainAlias, out);
  const query::FieldCondition* search = find.with_text_score ? sql::find_text_search(find.where) : nullptr;
  if (search == nullptr) return;
  plan.score_column = static_cast<int>(plan.columns.size());
  out.raw(", ");
  SqliteWhere translation(schema, out);
  sql::append_text_score(*plan.class_schema, *search, translation);
}

void append_tail(const schema::Schema& schema, const schema::ClassSchema& class_schema, const query::Find& find,
                 sql::SqlText& out) {
  SqliteWhere translation(schema, out);
  sql::append_find_tail(class_schema, find, translation, out);
}

CachedStatement& cache_find(Connection& connection, const std::string& key, const sql::SqlText& head,
                            const sql::SqlText& tail, ReadPlan plan) {
  CachedStatement& prepared = connection.cache(key, "SELECT " + head.text() + tail.text());
  prepared.plan = std::make_shared<ReadPlan>(std::move(plan));
  return prepared;
}

PreparedFind prepare_find(Connection& connection, const schema::Schema& schema,
                          const std::shared_ptr<const schema::ClassSchema>& class_schema, const query::Find& find) {
  sql::SqlText tail;
  append_tail(schema, *class_schema, find, tail);
  const std::string key = sql::read_key(class_schema.get(), find.keys, (find.with_text_score ? "s" : "") + tail.text());
  CachedStatement* cached = connection.find_cached(key);
  if (cached != nullptr && !find.with_text_score) return {*cached, tail.take_values()};
  ReadPlan plan = sql::plan_read(class_schema, find.keys, columns_of);
  sql::SqlText head;
  append_head(schema, find, plan, head);
  if (cached == nullptr) cached = &cache_find(connection, key, head, tail, std::move(plan));
  std::vector<sql::SqlValue> values = head.take_values();
  for (sql::SqlValue& value : tail.take_values()) values.push_back(std::move(value));
  return {*cached, std::move(values)};
}

/// What SQLite counts are the steps from one row of a full scan to the next.
std::int64_t take_scanned(Statement& statement) {
  const std::int64_t steps = statement.take_scanned_rows();
  if (steps > 0) add_examined_rows(steps + 1);
  return steps;
}

template <typename Visit>
FindCost run_find(Connection& connection, const schema::Schema& schema, const query::Find& find, Patience patience,
                  Visit&& visit) {
  const auto class_schema = sql::find_readable_class(schema, find.class_name);
  if (!class_schema) return {};
  const PreparedFind prepared = prepare_find(connection, schema, class_schema, find);
  StatementUse use(prepared.cached.statement, prepared.values);
  FindCost cost;
  if (patience == Patience::kShort) connection.give_up_early();
  try {
    while (use->step()) {
      connection.be_patient();
      ++cost.rows;
      if (!visit(prepared.cached.statement, *prepared.cached.plan)) break;
    }
  } catch (const GaveUp&) {
    cost.gave_up = true;
  }
  cost.scanned = take_scanned(prepared.cached.statement);
  return cost;
}

/// False when a table besides the class's own is read.
bool append_count(const schema::Schema& schema, const schema::ClassSchema& class_schema, const query::Where& where,
                  sql::SqlText& out) {
  out.raw("SELECT COUNT(*) FROM ").identifier(class_schema.name).raw(" AS ").raw(sql::kMainAlias);
  if (where.conditions.empty()) return true;
  out.raw(" WHERE ");
  SqliteWhere translation(schema, out);
  translation.append(class_schema, sql::kMainAlias, where);
  return !translation.reads_other_tables();
}

std::int64_t run_count(Connection& connection, const schema::Schema& schema, const std::string& class_name,
                       const query::Where& where) {
  const auto class_schema = sql::find_readable_class(schema, class_name);
  if (!class_schema) return 0;
  sql::SqlText sql;
  append_count(schema, *class_schema, where, sql);
  Statement& statement = connection.prepare(sql.text());
  StatementUse use(statement, sql.values());
  use->step();
  take_scanned(statement);
  return use->integer(0);
}

/// Appends a value so that different values give different texts; false when it has no text.
bool append_key_value(const sql::SqlValue& value, std::string& key) {
  const auto add = [&](char type, std::string_view text) {
    key += fmt::format("{}{}:", type, text.size());
    key += text;
    return true;
  };
  return std::visit(overloaded{
                        [&](std::nullptr_t) { return add('0', ""); },
                        [&](std::int64_t v) { return add('i', std::to_string(v)); },
                        [&](double v) { return add('d', fmt::format("{}", v)); },
                        [&](const std::string& v) { return add('t', v); },
                        [&](std::string_view v) { return add('t', v); },
                        [](const sql::Opaque&) { return false; },
                    },
                    value);
}

}  // namespace

FindCost find_objects(Connection& connection, const schema::Schema& schema, const query::Find& find,
                      object::ValueSink& sink, Patience patience) {
  if (find.limit == 0) return {};
  return with_actual_schema(connection, schema, [&](const schema::Schema& actual) {
    return run_find(connection, actual, find, patience, [&](const Statement& row, const ReadPlan& plan) {
      play_row(row, plan, sink);
      return true;
    });
  });
}

void for_each_object(Connection& connection, const schema::Schema& schema, const query::Find& find,
                     const std::function<bool(object::Object)>& take) {
  with_actual_schema(connection, schema, [&](const schema::Schema& actual) {
    return run_find(connection, actual, find, Patience::kLong,
                    [&](const Statement& row, const ReadPlan& plan) { return take(read_row(row, plan)); });
  });
}

std::int64_t count_objects(Connection& connection, const schema::Schema& schema, const std::string& class_name,
                           const query::Where& where) {
  return with_actual_schema(connection, schema, [&](const schema::Schema& actual) {
    return run_count(connection, actual, class_name, where);
  });
}

std::optional<std::string> count_key(const schema::Schema& schema, const std::string& class_name,
                                     const query::Where& where) {
  const schema::ClassSchema* class_schema = schema.find(class_name);
  sql::SqlText sql;
  if (class_schema == nullptr || !append_count(schema, *class_schema, where, sql)) return std::nullopt;
  std::string key = sql.text();
  for (const sql::SqlValue& value : sql.values()) {
    if (!append_key_value(value, key)) return std::nullopt;
  }
  return key;
}

object::Array distinct_values(Connection& connection, const schema::Schema& schema, const query::Find& find,
                              const std::string& path) {
  return sql::distinct_values(find, path, [&](const query::Find& scanned, const auto& take) {
    for_each_object(connection, schema, scanned, take);
  });
}

object::Array aggregate_objects(Connection& connection, const schema::Schema& schema, const std::string& class_name,
                                const query::Pipeline& pipeline) {
  return sql::aggregate_objects(schema, class_name, pipeline, [&](const query::Find& scanned, const auto& take) {
    for_each_object(connection, schema, scanned, take);
  });
}

object::Value explain_find(Connection& connection, const schema::Schema& schema, const query::Find& find) {
  const auto found = schema.classes().find(find.class_name);
  if (found == schema.classes().end()) return object::Array();
  object::Array steps;
  sql::SqlText tail;
  append_tail(schema, *found->second, find, tail);
  sql::SqlText head;
  head.raw("EXPLAIN QUERY PLAN SELECT ");
  append_columns(sql::plan_read(found->second, find.keys, columns_of), sql::kMainAlias, head);
  StatementUse use(connection.prepare(head.text() + tail.text()), tail.values());
  while (use->step()) {
    steps.push_back(
        object::Object{{"id", use->integer(0)}, {"parent", use->integer(1)}, {"detail", std::string(use->text(3))}});
  }
  return object::Array{object::Object{{"QUERY PLAN", std::move(steps)}}};
}

}  // namespace parse::storage::sqlite
