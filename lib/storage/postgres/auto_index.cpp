#include "storage/postgres/auto_index.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "logging/logger.h"
#include "storage/postgres/index_ddl.h"
#include "storage/postgres/index_names.h"
#include "storage/postgres/read.h"

namespace parse::storage::postgres {
namespace {

/// A find that is over sooner reads few rows, or has its index.
constexpr std::chrono::microseconds kWorthNoting{1500};
/// What a sequential scan reads; only where to begin, for PostgreSQL is asked before anything is made.
constexpr std::int64_t kRowsInMicrosecond = 5;
constexpr double kMostRows = 5e6;
/// A smaller table is read at once: finds on it that took long were waiting for something else.
constexpr double kLeastBytes = 1 << 18;
/// An index on so many rows is made in less time than finds wait for it.
constexpr double kMostRowsToWaitFor = 5e5;
constexpr std::chrono::milliseconds kLongestWait{500};
constexpr std::chrono::milliseconds kCancelPause{20};

schema::Index index_of(const sql::IndexAdvice& advice) {
  schema::Index index;
  index.name = std::string(kAutoPrefix) + advice.field;
  index.keys.push_back({advice.field, 1});
  index.keys.push_back({"createdAt", 1});
  return index;
}

/// Some step of the plan has this "Node Type", on the table itself.
bool plan_has(const object::Value& step, std::string_view type, const std::string& table) {
  if (const auto* list = step.get_if<object::Array>()) {
    return std::ranges::any_of(*list, [&](const object::Value& item) { return plan_has(item, type, table); });
  }
  const auto* map = step.get_if<object::Object>();
  if (map == nullptr) return false;
  const object::Value* node = map->find("Node Type");
  const object::Value* relation = map->find("Relation Name");
  if (node && relation && *node == object::Value(type) && *relation == object::Value(table)) return true;
  return std::ranges::any_of(*map, [&](const object::Member& member) { return plan_has(member.value, type, table); });
}

struct Size {
  double rows = 0;
  double bytes = 0;
};

/// As PostgreSQL estimates it.
Size estimated_size(Connection& connection, const std::string& class_name) {
  sql::SqlText sql(sql::Values::kNumbered);
  sql.raw("SELECT reltuples, pg_relation_size(oid) FROM pg_class WHERE oid = to_regclass(");
  sql.bind(sql::quoted_identifier(class_name)).raw(")");
  const Result result = connection.query(sql);
  if (result.row_count() == 0) return {};
  return {.rows = result.number(0, 0), .bytes = result.number(0, 1)};
}

}  // namespace

/// While alive, the destructor of AutoIndex can end what the connection does.
class AutoIndex::Building {
 public:
  Building(AutoIndex& owner, Connection& connection) : owner_(owner) {
    const std::lock_guard lock(owner_.mutex_);
    owner_.building_ = &connection;
  }
  ~Building() {
    const std::lock_guard lock(owner_.mutex_);
    owner_.building_ = nullptr;
    owner_.wished_.notify_all();
  }
  Building(const Building&) = delete;
  Building& operator=(const Building&) = delete;

 private:
  AutoIndex& owner_;
};

AutoIndex::AutoIndex(ConnectionSettings settings) : settings_(std::move(settings)) {
  settings_.statement_limit = std::chrono::milliseconds(0);
  thread_ = std::jthread([this](const std::stop_token& stop) { work(stop); });
}

AutoIndex::~AutoIndex() {
  thread_.request_stop();
  std::unique_lock lock(mutex_);
  while (building_ != nullptr) {  // between two statements there is nothing to cancel
    building_->cancel();
    wished_.wait_for(lock, kCancelPause, [&] { return building_ == nullptr; });
  }
}

void AutoIndex::wait_for_index(const schema::Schema& schema, const query::Find& find) {
  if (!advisor_.is_making()) return;
  const schema::ClassSchema* class_schema = schema.find(find.class_name);
  const auto advice = class_schema ? sql::best_index_field(*class_schema, find.where) : std::nullopt;
  if (advice) advisor_.wait_for_index(*advice, kLongestWait);
}

void AutoIndex::note(const schema::Schema& schema, const query::Find& find, std::chrono::microseconds elapsed,
                     std::size_t rows) {
  if (elapsed < kWorthNoting) return;
  const schema::ClassSchema* class_schema = schema.find(find.class_name);
  const auto advice = class_schema ? sql::best_index_field(*class_schema, find.where) : std::nullopt;
  const std::int64_t wasted = elapsed.count() * kRowsInMicrosecond - static_cast<std::int64_t>(rows);
  if (!advice || wasted <= 0 || !advisor_.note(*advice, wasted, std::chrono::steady_clock::now())) return;
  const std::lock_guard lock(mutex_);
  wishes_.push_back({*advice, schema, find});
  wished_.notify_one();
}

void AutoIndex::work(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (wished_.wait(lock, stop, [&] { return !wishes_.empty(); })) {
    const Wish wish = std::move(wishes_.front());
    wishes_.pop_front();
    lock.unlock();
    try_to_grant(wish, stop);
    lock.lock();
  }
}

void AutoIndex::try_to_grant(const Wish& wish, const std::stop_token& stop) {
  try {
    Connection connection(settings_);
    const Building building(*this, connection);
    if (!stop.stop_requested()) grant(connection, wish);
  } catch (const Error& error) {
    if (stop.stop_requested()) return;  // what is unfinished, the next server to make an index drops
    logging::warn("cannot make an index on {}.{}: {}", wish.advice.class_name, wish.advice.field, error.cause());
  }
}

void AutoIndex::grant(Connection& connection, const Wish& wish) {
  const auto& [class_name, field] = wish.advice;
  const auto plan = [&] { return explain_find(connection, wish.schema, wish.find, "queryPlanner"); };
  const Size size = estimated_size(connection, class_name);
  if (size.bytes < kLeastBytes || !plan_has(plan(), "Seq Scan", class_name)) return;
  if (size.rows > kMostRows) {
    logging::warn("finds on {} read all of it for want of an index on {}; declare one through /schemas", class_name,
                  field);
    return;
  }
  const schema::ClassSchema& class_schema = *wish.schema.find(class_name);
  const schema::Index index = index_of(wish.advice);
  {
    std::optional<sql::IndexAdvisor::Making> making;
    if (size.rows <= kMostRowsToWaitFor) making.emplace(advisor_, wish.advice);
    if (!build_index(connection, class_schema, index)) return;
    connection.execute("ANALYZE " + sql::quoted_identifier(class_name));
  }
  if (!plan_has(plan(), "Seq Scan", class_name)) {
    logging::info("made an index on {}.{}: finds were reading all of the class", class_name, field);
    return;
  }
  remove_index(connection, class_schema, index);
}

}  // namespace parse::storage::postgres
