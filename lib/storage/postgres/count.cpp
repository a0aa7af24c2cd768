#include "storage/postgres/count.h"

#include <fmt/format.h>

#include <utility>

#include "base/overloaded.h"
#include "storage/postgres/postgres_where.h"
#include "storage/sql/columns.h"
#include "storage/sql/find_sql.h"

namespace parse::storage::postgres {
namespace {

constexpr std::size_t kMostEntries = 1000;
/// Longer ones are not worth their memory.
constexpr std::size_t kLongestKey = 8192;

void append_count(const schema::Schema& schema, const schema::ClassSchema& class_schema, const query::Where& where,
                  sql::SqlText& out) {
  out.raw("SELECT COUNT(*) FROM ").identifier(class_schema.name).raw(" AS ").raw(sql::kMainAlias);
  if (where.conditions.empty()) return;
  out.raw(" WHERE ");
  PostgresWhere(schema, out).append(class_schema, sql::kMainAlias, where);
}

/// Appends a value so that different values give different texts.
void append_key_value(const sql::SqlValue& value, std::string& key) {
  const auto add = [&](char type, std::string_view text) {
    key += fmt::format("{}{}:", type, text.size());
    key += text;
  };
  std::visit(overloaded{
                 [&](std::nullptr_t) { add('0', ""); },
                 [&](std::int64_t v) { add('i', std::to_string(v)); },
                 [&](double v) { add('d', fmt::format("{}", v)); },
                 [&](const std::string& v) { add('t', v); },
                 [&](std::string_view v) { add('t', v); },
                 [&](const sql::Opaque&) { add('o', ""); },
             },
             value);
}

std::string key_of(const sql::SqlText& count) {
  std::string key = count.text();
  for (const sql::SqlValue& value : count.values()) append_key_value(value, key);
  return key;
}

}  // namespace

std::int64_t CountCache::count(Connection& connection, const schema::Schema& schema, const std::string& class_name,
                               const query::Where& where) {
  const auto class_schema = sql::find_readable_class(schema, class_name);
  if (!class_schema) return 0;
  sql::SqlText count(sql::Values::kNumbered);
  append_count(schema, *class_schema, where, count);
  std::string key = key_of(count);
  const std::optional<Known> known = find(key);
  sql::SqlText sql(sql::Values::kNumbered);
  sql.raw("SELECT CASE WHEN pg_current_snapshot()::text = ");
  sql.bind(known ? std::string_view(known->snapshot) : std::string_view());
  sql.raw(" THEN NULL ELSE (").append(std::move(count)).raw(") END, pg_current_snapshot()::text");
  const Result result = connection.query(sql);
  if (known && result.is_null(0, 0)) return known->count;
  const std::int64_t counted = result.integer(0, 0);
  keep({std::move(key), std::string(result.bytes(0, 1)), counted});
  return counted;
}

std::optional<CountCache::Known> CountCache::find(const std::string& key) {
  const std::lock_guard lock(mutex_);
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return std::nullopt;
  entries_.splice(entries_.begin(), entries_, found->second);
  return entries_.front();
}

void CountCache::keep(Known known) {
  if (known.key.size() > kLongestKey) return;
  const std::lock_guard lock(mutex_);
  if (const auto found = by_key_.find(known.key); found != by_key_.end()) {
    found->second->snapshot = std::move(known.snapshot);
    found->second->count = known.count;
    return;
  }
  entries_.push_front(std::move(known));
  by_key_.emplace(entries_.front().key, entries_.begin());
  if (entries_.size() <= kMostEntries) return;
  by_key_.erase(entries_.back().key);
  entries_.pop_back();
}

std::int64_t count_objects(Connection& connection, const schema::Schema& schema, const std::string& class_name,
                           const query::Where& where) {
  const auto class_schema = sql::find_readable_class(schema, class_name);
  if (!class_schema) return 0;
  sql::SqlText sql(sql::Values::kNumbered);
  append_count(schema, *class_schema, where, sql);
  return connection.query(sql).integer(0, 0);
}

}  // namespace parse::storage::postgres
