#include "storage/sqlite/sqlite_transaction.h"

#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>
#include <utility>

#include "storage/sqlite/actual_schema.h"
#include "storage/sqlite/read.h"
#include "storage/sqlite/write.h"

namespace parse::storage::sqlite {
namespace {

using Clock = std::chrono::steady_clock;

class SqliteTransaction final : public Transaction {
  /// Runs one call, alone with the connection. A call that fails leaves the transaction as it was before.
  template <typename Body>
  auto use(Body&& body) {
    std::lock_guard lock(mutex_);
    if (is_over_) throw Error(ErrorCode::kTimeout, "The transaction was idle for too long.");
    last_use_ = Clock::now();
    auto result = body();
    last_use_ = Clock::now();
    return result;
  }

  template <typename Body>
  auto write(const std::string& class_name, Body&& body) {
    return use([&] {
      changed_.insert(class_name);
      return guarded(body);
    });
  }

  template <typename Body>
  auto guarded(Body&& body) {
    connection_.run(sql::SqlText().raw("SAVEPOINT call"));
    try {
      auto result = body();
      connection_.run(sql::SqlText().raw("RELEASE call"));
      return result;
    } catch (...) {
      if (!connection_.is_autocommit()) connection_.execute("ROLLBACK TO call; RELEASE call");
      throw;
    }
  }

 public:
  SqliteTransaction(WriteQueue& queue, CountCache& counts, std::chrono::milliseconds idle_limit)
      : queue_(queue), counts_(counts), idle_limit_(idle_limit), connection_(queue.acquire()) {
    try {
      connection_.execute("BEGIN IMMEDIATE");
      watchdog_ = std::jthread([this](const std::stop_token& stop) { watch(stop); });
    } catch (...) {
      roll_back();
      queue.release();
      throw;
    }
  }

  ~SqliteTransaction() override {
    watchdog_.request_stop();
    watchdog_.join();
    end();
  }

  std::size_t find(const schema::Schema& schema, const query::Find& find, object::ValueSink& sink) override {
    return use([&] { return find_objects(connection_, schema, find, sink).rows; });
  }
  std::int64_t count(const schema::Schema& schema, const std::string& class_name, const query::Where& where,
                     query::ReadPreference) override {
    return use([&] { return count_objects(connection_, schema, class_name, where); });
  }
  object::Array distinct(const schema::Schema& schema, const query::Find& find, const std::string& path) override {
    return use([&] { return distinct_values(connection_, schema, find, path); });
  }
  object::Array aggregate(const schema::Schema& schema, const std::string& class_name,
                          const query::Pipeline& pipeline) override {
    return use([&] { return aggregate_objects(connection_, schema, class_name, pipeline); });
  }
  object::Value explain(const schema::Schema& schema, const query::Find& find, const std::string&) override {
    return use([&] { return explain_find(connection_, schema, find); });
  }
  void create(const schema::Schema& schema, const std::string& class_name, const object::Object& object) override {
    const sql::SqlText insert = insert_sql(schema, class_name, object);
    write(class_name, [&] { return connection_.run(insert); });
  }
  void create_many(const schema::Schema& schema, const std::string& class_name,
                   const std::vector<object::Object>& objects) override {
    const std::vector<sql::SqlText> inserts = insert_sqls(schema, class_name, objects);
    write(class_name, [&] {
      for (const sql::SqlText& insert : inserts) connection_.run(insert);
      return true;
    });
  }
  std::optional<object::Object> update(const schema::Schema& schema, const UpdateRequest& request) override {
    return write(request.class_name, [&] { return ObjectUpdate(schema, request).run_first(connection_); });
  }
  std::int64_t update_many(const schema::Schema& schema, const UpdateRequest& request) override {
    return write(request.class_name, [&] { return ObjectUpdate(schema, request).run_all(connection_); });
  }
  std::int64_t remove(const schema::Schema& schema, const std::string& class_name, const query::Where& where) override {
    return write(class_name, [&] {
      return with_actual_schema(connection_, schema, [&](const schema::Schema& actual) {
        return remove_objects(connection_, actual, class_name, where);
      });
    });
  }
  void change_relation(const object::Pointer& owner, const std::string& key,
                       const object::ChangeRelation& change) override {
    use([&] {
      change_members(connection_, owner, key, change);
      return true;
    });
  }

  void commit() override {
    use([&] {
      connection_.execute("COMMIT");
      return true;
    });
    end();
    for (const std::string& class_name : changed_) counts_.forget(class_name);
  }

 private:
  /// Ends an idle transaction; runs on a thread of its own.
  void watch(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (!stop.stop_requested() && !is_over_) {
      const Clock::time_point due = last_use_ + idle_limit_;
      if (Clock::now() >= due) return end_locked();
      wake_.wait_until(lock, stop, due, [] { return false; });
    }
  }

  void end() {
    std::lock_guard lock(mutex_);
    end_locked();
  }

  void end_locked() {
    if (is_over_) return;
    is_over_ = true;
    roll_back();
    queue_.release();
  }

  void roll_back() noexcept {
    try {
      if (!connection_.is_autocommit()) connection_.execute("ROLLBACK");
    } catch (const Error&) {
      // SQLite rolled back by itself.
    }
  }

  WriteQueue& queue_;
  CountCache& counts_;
  std::chrono::milliseconds idle_limit_;
  std::set<std::string> changed_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable_any wake_;
  Connection& connection_;
  Clock::time_point last_use_ = Clock::now();
  bool is_over_ = false;
  std::jthread watchdog_;
};

}  // namespace

std::unique_ptr<Transaction> begin_transaction(WriteQueue& queue, CountCache& counts,
                                               std::chrono::milliseconds idle_limit) {
  return std::make_unique<SqliteTransaction>(queue, counts, idle_limit);
}

}  // namespace parse::storage::sqlite
