#include "storage/postgres/postgres_adapter.h"

#include <fmt/format.h>

#include <utility>

#include "base/worker_pool.h"
#include "storage/postgres/actual_schema.h"
#include "storage/postgres/class_changes.h"
#include "storage/postgres/count.h"
#include "storage/postgres/pool.h"
#include "storage/postgres/postgres_transaction.h"
#include "storage/postgres/prepare.h"
#include "storage/postgres/read.h"
#include "storage/postgres/schema_store.h"
#include "storage/postgres/transaction_scope.h"
#include "storage/postgres/uri.h"
#include "storage/postgres/write.h"

namespace parse::storage::postgres {
namespace {

/// A write that met another one is tried again this often; each time somebody has got further.
constexpr int kMostTries = 5;

PoolSettings pool_settings(const PostgresSettings& settings) {
  PoolSettings pool;
  std::chrono::milliseconds statement_limit = settings.statement_limit;
  read_uri(settings.uri, pool, statement_limit);
  if (settings.max_connections) pool.max_connections = *settings.max_connections;
  pool.connection.statement_limit = statement_limit;
  pool.connection.transaction_idle_limit = settings.transaction_idle_limit;
  return pool;
}

class PostgresAdapter final : public Adapter {
 public:
  explicit PostgresAdapter(const PostgresSettings& settings) : pool_(pool_settings(settings)) {
    const Pool::Lease connection(pool_);
    prepare_database(*connection);
    server_version_ = connection->server_version();
  }

  std::size_t find(const schema::Schema& schema, const query::Find& find, object::ValueSink& sink) override {
    if (find.limit == 0) return 0;
    const FoundRows found = read(schema, [&](Connection& connection, const schema::Schema& actual) {
      return find_rows(connection, actual, find);
    });
    return play_rows(found, sink);
  }

  std::int64_t count(const schema::Schema& schema, const std::string& class_name, const query::Where& where) override {
    return read(schema, [&](Connection& connection, const schema::Schema& actual) {
      return counts_.count(connection, actual, class_name, where);
    });
  }

  object::Array distinct(const schema::Schema& schema, const std::string& class_name, const std::string& path,
                         const query::Where& where) override {
    query::Find find;
    find.class_name = class_name;
    find.where = where;
    return read(schema, [&](Connection& connection, const schema::Schema& actual) {
      return distinct_values(connection, actual, find, path);
    });
  }

  object::Array aggregate(const schema::Schema& schema, const std::string& class_name,
                          const query::Pipeline& pipeline) override {
    return read(schema, [&](Connection& connection, const schema::Schema& actual) {
      return aggregate_objects(connection, actual, class_name, pipeline);
    });
  }

  object::Value explain(const schema::Schema& schema, const query::Find& find, const std::string& level) override {
    return read(schema, [&](Connection& connection, const schema::Schema& actual) {
      return explain_find(connection, actual, find, level);
    });
  }

  void create(const schema::Schema& schema, const std::string& class_name, const object::Object& object) override {
    write([&](Connection& connection) {
      insert_objects(connection, schema, class_name, {&object});
      return true;
    });
  }

  void create_many(const schema::Schema& schema, const std::string& class_name,
                   const std::vector<object::Object>& objects) override {
    in_transaction(true, [&](Connection& connection) {
      insert_many(connection, schema, class_name, objects);
      return true;
    });
  }

  std::optional<object::Object> update(const schema::Schema& schema, const UpdateRequest& request) override {
    const ObjectUpdate update(schema, request);
    return in_transaction(update.needs_transaction(),
                          [&](Connection& connection) { return update.run_first(connection); });
  }

  std::int64_t update_many(const schema::Schema& schema, const UpdateRequest& request) override {
    const ObjectUpdate update(schema, request);
    return in_transaction(update.needs_transaction(),
                          [&](Connection& connection) { return update.run_all(connection); });
  }

  std::int64_t remove(const schema::Schema& schema, const std::string& class_name, const query::Where& where) override {
    return write([&](Connection& connection) {
      return with_actual_schema(connection, schema, [&](const schema::Schema& actual) {
        return remove_objects(connection, actual, class_name, where);
      });
    });
  }

  void change_relation(const object::Pointer& owner, const std::string& key,
                       const object::ChangeRelation& change) override {
    in_transaction(!change.added.empty() && !change.removed.empty(), [&](Connection& connection) {
      change_members(connection, owner, key, change);
      return true;
    });
  }

  std::unique_ptr<Transaction> begin() override { return begin_transaction(pool_); }

  schema::Schema load_schema() override {
    return read([](Connection& connection) { return load_classes(connection); });
  }

  void create_class(const schema::ClassSchema& class_schema) override {
    write([&](Connection& connection) {
      make_class(connection, class_schema);
      return true;
    });
  }

  void update_class(const schema::ClassSchema& before, const schema::ClassSchema& after) override {
    write([&](Connection& connection) {
      change_class(connection, before, after);
      return true;
    });
  }

  void delete_class(const schema::ClassSchema& class_schema) override {
    write([&](Connection& connection) {
      drop_class(connection, class_schema);
      return true;
    });
  }

  void check() override {
    read([](Connection& connection) {
      connection.execute("SELECT 1");
      return true;
    });
  }

  std::string description() const override {
    return fmt::format("PostgreSQL {}.{}", server_version_ / 10000, server_version_ % 10000);
  }

 private:
  /// A read whose connection went away is made once more on another.
  template <typename Body>
  auto read(Body&& body) {
    const BlockingSection blocking;
    try {
      const Pool::Lease connection(pool_);
      return body(*connection);
    } catch (const Disconnected& lost) {
      if (!lost.was_sent()) throw;
    }
    const Pool::Lease connection(pool_);
    return body(*connection);
  }

  template <typename Body>
  auto read(const schema::Schema& schema, Body&& body) {
    return read([&](Connection& connection) {
      return with_actual_schema(connection, schema,
                                [&](const schema::Schema& actual) { return body(connection, actual); });
    });
  }

  /// A write that met another one, or a statement that no longer fits, is tried again; one whose connection went away
  /// is not, for it may have been carried out.
  template <typename Body>
  auto write(Body&& body) {
    const BlockingSection blocking;
    for (int tries = 1;; ++tries) {
      const Pool::Lease connection(pool_);
      try {
        return body(*connection);
      } catch (const StaleStatement&) {
        connection->forget_statements();
        if (tries == kMostTries) throw;
      } catch (const Error& error) {
        if (error.code() != ErrorCode::kInvalidLinkedSession || tries == kMostTries) throw;
      }
    }
  }

  template <typename Body>
  auto in_transaction(bool needs_it, Body&& body) {
    return write([&](Connection& connection) {
      if (!needs_it) return body(connection);
      TransactionScope scope(connection);
      auto result = body(connection);
      scope.commit();
      return result;
    });
  }

  Pool pool_;
  CountCache counts_;
  int server_version_ = 0;
};

}  // namespace

std::unique_ptr<storage::Adapter> open_postgres(const PostgresSettings& settings) {
  return std::make_unique<PostgresAdapter>(settings);
}

}  // namespace parse::storage::postgres
