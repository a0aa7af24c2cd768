#include "storage/sqlite/read.h"

#include <fmt/format.h>

#include <utility>

#include "object/json.h"
#include "storage/sqlite/actual_schema.h"
#include "storage/sqlite/columns.h"
#include "storage/sqlite/find_sql.h"
#include "storage/sqlite/row_codec.h"
#include "storage/sqlite/where_sql.h"

namespace parse::storage::sqlite {
namespace {

using schema::FieldKind;

/// Cache key of a find: the class snapshot by address (its statement keeps it alive), the fields read, the rest as SQL.
std::string find_key(const schema::ClassSchema* class_schema, const query::Find& find, const sql::SqlText& tail) {
  std::string key;
  key.reserve(tail.text().size() + 64);
  key.append(reinterpret_cast<const char*>(&class_schema), sizeof class_schema);
  if (find.keys) {
    for (const std::string& name : *find.keys) key.append(name).append(",");
  }
  key += find.keys ? 'k' : '*';
  key += tail.text();
  return key;
}

CachedStatement& prepare_find(Connection& connection, const std::shared_ptr<const schema::ClassSchema>& class_schema,
                              const query::Find& find, const sql::SqlText& tail) {
  const std::string key = find_key(class_schema.get(), find, tail);
  if (CachedStatement* cached = connection.find_cached(key)) return *cached;
  auto plan = std::make_shared<ReadPlan>(plan_read(class_schema, find.keys));
  sql::SqlText head;
  head.raw("SELECT ");
  append_columns(*plan, kMainAlias, head);
  CachedStatement& prepared = connection.cache(key, head.text() + tail.text());
  prepared.plan = std::move(plan);
  return prepared;
}

std::size_t run_find(Connection& connection, const schema::Schema& schema, const query::Find& find,
                     object::ValueSink& sink) {
  const auto found = schema.classes().find(find.class_name);
  if (found == schema.classes().end()) return 0;
  sql::SqlText tail;
  append_find_tail(schema, *found->second, find, tail);
  CachedStatement& cached = prepare_find(connection, found->second, find, tail);
  StatementUse use(cached.statement, tail.values());
  std::size_t rows = 0;
  for (; use->step(); ++rows) play_row(cached.statement, *cached.plan, sink);
  return rows;
}

std::int64_t run_count(Connection& connection, const schema::Schema& schema, const std::string& class_name,
                       const query::Where& where) {
  const schema::ClassSchema* class_schema = schema.find(class_name);
  if (class_schema == nullptr) return 0;
  sql::SqlText sql;
  sql.raw("SELECT COUNT(*) FROM ").identifier(class_name).raw(" AS ").raw(kMainAlias);
  if (!where.conditions.empty()) {
    sql.raw(" WHERE ");
    WhereSql(schema, sql).append(*class_schema, kMainAlias, where);
  }
  StatementUse use(connection.prepare(sql.text()), sql.values());
  use->step();
  return use->integer(0);
}

}  // namespace

std::size_t find_objects(Connection& connection, const schema::Schema& schema, const query::Find& find,
                         object::ValueSink& sink) {
  if (find.limit == 0) return 0;
  return with_actual_schema(connection, schema,
                            [&](const schema::Schema& actual) { return run_find(connection, actual, find, sink); });
}

std::int64_t count_objects(Connection& connection, const schema::Schema& schema, const std::string& class_name,
                           const query::Where& where) {
  return with_actual_schema(connection, schema, [&](const schema::Schema& actual) {
    return run_count(connection, actual, class_name, where);
  });
}

object::Value explain_find(Connection& connection, const schema::Schema& schema, const query::Find& find) {
  const auto found = schema.classes().find(find.class_name);
  object::Array steps;
  if (found == schema.classes().end()) return steps;
  sql::SqlText tail;
  append_find_tail(schema, *found->second, find, tail);
  sql::SqlText head;
  head.raw("EXPLAIN QUERY PLAN SELECT ");
  append_columns(plan_read(found->second, find.keys), kMainAlias, head);
  StatementUse use(connection.prepare(head.text() + tail.text()), tail.values());
  while (use->step()) {
    steps.push_back(
        object::Object{{"id", use->integer(0)}, {"parent", use->integer(1)}, {"detail", std::string(use->text(3))}});
  }
  return steps;
}

}  // namespace parse::storage::sqlite
