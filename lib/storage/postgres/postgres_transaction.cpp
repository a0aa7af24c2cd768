#include "storage/postgres/postgres_transaction.h"

#include <mutex>
#include <utility>

#include "base/worker_pool.h"
#include "storage/postgres/count.h"
#include "storage/postgres/read.h"
#include "storage/postgres/transaction_scope.h"
#include "storage/postgres/write.h"

namespace parse::storage::postgres {
namespace {

/// Begins with a savepoint, so that the first call can be undone alone.
constexpr const char* kBegin = "BEGIN ISOLATION LEVEL REPEATABLE READ; SAVEPOINT call";

class PostgresTransaction final : public Transaction {
  /// Runs one call, alone with the connection. A call that fails leaves the transaction as it was before.
  template <typename Body>
  auto use(Body&& body) {
    const std::lock_guard lock(mutex_);
    const BlockingSection blocking;
    try {
      return body(*lease_);
    } catch (...) {
      if (lease_->is_in_transaction()) lease_->execute("ROLLBACK TO SAVEPOINT call");
      throw;
    }
  }

  template <typename Body>
  auto write(Body&& body) {
    return use([&](Connection& connection) {
      auto result = body(connection);
      connection.execute("RELEASE SAVEPOINT call; SAVEPOINT call");
      return result;
    });
  }

 public:
  explicit PostgresTransaction(Pool& pool) : lease_(pool), scope_(*lease_, kBegin) {}

  std::size_t find(const schema::Schema& schema, const query::Find& find, object::ValueSink& sink) override {
    return play_rows(use([&](Connection& connection) { return find_rows(connection, schema, find); }), sink);
  }
  std::int64_t count(const schema::Schema& schema, const std::string& class_name, const query::Where& where,
                     query::ReadPreference) override {
    return use([&](Connection& connection) { return count_objects(connection, schema, class_name, where); });
  }
  object::Array distinct(const schema::Schema& schema, const query::Find& find, const std::string& path) override {
    return use([&](Connection& connection) { return distinct_values(connection, schema, find, path); });
  }
  object::Array aggregate(const schema::Schema& schema, const std::string& class_name,
                          const query::Pipeline& pipeline) override {
    return use([&](Connection& connection) { return aggregate_objects(connection, schema, class_name, pipeline); });
  }
  object::Value explain(const schema::Schema& schema, const query::Find& find, const std::string& level) override {
    return use([&](Connection& connection) { return explain_find(connection, schema, find, level); });
  }
  void create(const schema::Schema& schema, const std::string& class_name, const object::Object& object) override {
    write([&](Connection& connection) {
      insert_objects(connection, schema, class_name, {&object});
      return true;
    });
  }
  void create_many(const schema::Schema& schema, const std::string& class_name,
                   const std::vector<object::Object>& objects) override {
    write([&](Connection& connection) {
      insert_many(connection, schema, class_name, objects);
      return true;
    });
  }
  std::optional<object::Object> update(const schema::Schema& schema, const UpdateRequest& request) override {
    return write([&](Connection& connection) { return ObjectUpdate(schema, request).run_first(connection); });
  }
  std::int64_t update_many(const schema::Schema& schema, const UpdateRequest& request) override {
    return write([&](Connection& connection) { return ObjectUpdate(schema, request).run_all(connection); });
  }
  std::int64_t remove(const schema::Schema& schema, const std::string& class_name, const query::Where& where) override {
    return write([&](Connection& connection) { return remove_objects(connection, schema, class_name, where); });
  }
  void change_relation(const object::Pointer& owner, const std::string& key,
                       const object::ChangeRelation& change) override {
    write([&](Connection& connection) {
      change_members(connection, owner, key, change);
      return true;
    });
  }

  void commit() override {
    const std::lock_guard lock(mutex_);
    const BlockingSection blocking;
    scope_.commit();
  }

 private:
  std::mutex mutex_;  // the connection serves one call at a time
  Pool::Lease lease_;
  TransactionScope scope_;
};

}  // namespace

std::unique_ptr<Transaction> begin_transaction(Pool& pool) {
  const BlockingSection blocking;
  return std::make_unique<PostgresTransaction>(pool);
}

}  // namespace parse::storage::postgres
