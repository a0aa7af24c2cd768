#include "storage/postgres/read.h"

#include <utility>

#include "object/json.h"
#include "storage/postgres/columns.h"
#include "storage/postgres/postgres_where.h"
#include "storage/postgres/row_codec.h"
#include "storage/sql/columns.h"
#include "storage/sql/find_sql.h"
#include "storage/sql/scan.h"

namespace parse::storage::postgres {
namespace {

using sql::SqlText;
using sql::Values;

/// A find whose statement is prepared.
struct PreparedFind {
  CachedStatement& cached;
  std::vector<sql::SqlValue> values;
};

/// The find as one statement, with how its rows are read.
SqlText find_sql(const schema::Schema& schema, const query::Find& find, sql::ReadPlan& plan) {
  SqlText sql(Values::kNumbered);
  PostgresWhere translation(schema, sql);
  sql.raw("SELECT ");
  append_columns(plan, sql::kMainAlias, sql);
  const query::FieldCondition* search = find.with_text_score ? sql::find_text_search(find.where) : nullptr;
  if (search != nullptr) {
    plan.score_column = static_cast<int>(plan.columns.size());
    sql.raw(plan.columns.empty() ? "" : ", ");
    sql::append_text_score(*plan.class_schema, *search, translation);
  }
  sql::append_find_tail(*plan.class_schema, find, translation, sql);
  return sql;
}

/// The columns are left out of the cache key, as the class and the keys say which they are; so are they of the text,
/// until the statement has to be prepared.
PreparedFind prepare_find(Connection& connection, const schema::Schema& schema,
                          const std::shared_ptr<const schema::ClassSchema>& class_schema, const query::Find& find) {
  SqlText tail(Values::kNumbered);
  PostgresWhere translation(schema, tail);
  sql::append_find_tail(*class_schema, find, translation, tail);
  const std::string key = sql::read_key(class_schema.get(), find.keys, tail.text());
  if (CachedStatement* cached = connection.find_cached(key)) return {*cached, tail.take_values()};
  sql::ReadPlan plan = sql::plan_read(class_schema, find.keys, columns_of);
  SqlText head(Values::kNumbered);
  head.raw("SELECT ");
  append_columns(plan, sql::kMainAlias, head);
  CachedStatement& cached = connection.cache(key, head.text() + tail.text());
  cached.plan = std::make_shared<sql::ReadPlan>(std::move(plan));
  return {cached, tail.take_values()};
}

PreparedFind prepare_scored_find(Connection& connection, const schema::Schema& schema,
                                 const std::shared_ptr<const schema::ClassSchema>& class_schema,
                                 const query::Find& find) {
  sql::ReadPlan plan = sql::plan_read(class_schema, find.keys, columns_of);
  SqlText sql = find_sql(schema, find, plan);
  const std::string key = sql::read_key(class_schema.get(), find.keys, sql.text());
  CachedStatement* cached = connection.find_cached(key);
  if (cached == nullptr) {
    cached = &connection.cache(key, sql.text());
    cached->plan = std::make_shared<sql::ReadPlan>(std::move(plan));
  }
  return {*cached, sql.take_values()};
}

std::optional<PreparedFind> prepare(Connection& connection, const schema::Schema& schema, const query::Find& find) {
  const auto class_schema = sql::find_readable_class(schema, find.class_name);
  if (!class_schema) return std::nullopt;
  return find.with_text_score ? prepare_scored_find(connection, schema, class_schema, find)
                              : prepare_find(connection, schema, class_schema, find);
}

}  // namespace

FoundRows find_rows(Connection& connection, const schema::Schema& schema, const query::Find& find) {
  const auto prepared = prepare(connection, schema, find);
  if (!prepared) return {};
  auto& [cached, values] = *prepared;
  const auto start = PlanChoice::Clock::now();
  FoundRows found{connection.query(cached, values), cached.plan, {}};
  found.elapsed = PlanChoice::Clock::now() - start;
  reconsider_plans(connection, cached, values, found.elapsed);
  return found;
}

std::size_t play_rows(const FoundRows& found, object::ValueSink& sink) {
  if (!found.rows) return 0;
  const int count = found.rows->row_count();
  for (int row = 0; row < count; ++row) play_row(*found.rows, row, *found.plan, sink);
  return static_cast<std::size_t>(count);
}

void for_each_object(Connection& connection, const schema::Schema& schema, const query::Find& find,
                     const std::function<bool(object::Object)>& take) {
  const auto prepared = prepare(connection, schema, find);
  if (!prepared) return;
  const std::shared_ptr<const sql::ReadPlan> plan = prepared->cached.plan;
  connection.for_each_row(prepared->cached, prepared->values,
                          [&](const Result& row) { return take(read_row(row, 0, *plan)); });
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

object::Value explain_find(Connection& connection, const schema::Schema& schema, const query::Find& find,
                           const std::string& level) {
  const auto class_schema = sql::find_readable_class(schema, find.class_name);
  if (!class_schema) return object::Array();
  const bool runs = level == "executionStats" || level == "allPlansExecution";
  sql::ReadPlan plan = sql::plan_read(class_schema, find.keys, columns_of);
  SqlText sql(Values::kNumbered);
  sql.raw(runs ? "EXPLAIN (ANALYZE, FORMAT JSON) " : "EXPLAIN (FORMAT JSON) ");
  sql.append(find_sql(schema, find, plan));
  const Result result = connection.query(sql);
  return object::Array{object::Object{{"QUERY PLAN", object::parse_json(result.json(0, 0))}}};
}

}  // namespace parse::storage::postgres
