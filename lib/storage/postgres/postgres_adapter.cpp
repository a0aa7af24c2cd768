#include "storage/postgres/postgres_adapter.h"

#include <fmt/format.h>

#include <atomic>
#include <optional>
#include <random>
#include <utility>

#include "storage/postgres/auto_index.h"
#include "storage/postgres/class_changes.h"
#include "storage/postgres/count.h"
#include "storage/postgres/pool.h"
#include "storage/postgres/postgres_transaction.h"
#include "storage/postgres/prepare.h"
#include "storage/postgres/read.h"
#include "storage/postgres/replicas.h"
#include "storage/postgres/row_codec.h"
#include "storage/postgres/runner.h"
#include "storage/postgres/schema_store.h"
#include "storage/postgres/schema_watch.h"
#include "storage/postgres/uri.h"
#include "storage/postgres/write.h"

namespace parse::storage::postgres {
namespace {

PoolSettings pool_settings(const PostgresSettings& settings, const std::string& uri) {
  PoolSettings pool;
  std::chrono::milliseconds statement_limit = settings.statement_limit;
  read_uri(uri, pool, statement_limit);
  if (settings.max_connections) pool.max_connections = *settings.max_connections;
  pool.connection.statement_limit = statement_limit;
  pool.connection.transaction_idle_limit = settings.transaction_idle_limit;
  return pool;
}

std::vector<PoolSettings> replica_settings(const PostgresSettings& settings) {
  std::vector<PoolSettings> replicas;
  for (const std::string& uri : settings.replicas) replicas.push_back(pool_settings(settings, uri));
  return replicas;
}

/// Tells the notices of this server from those of others; in the form of a UUID, as the Node server's is.
std::string make_sender_id() {
  std::random_device random;
  const auto bits = [&](std::uint32_t mask) { return random() & mask; };
  return fmt::format("{:08x}-{:04x}-4{:03x}-a{:03x}-{:08x}{:04x}", bits(0xffffffff), bits(0xffff), bits(0xfff),
                     bits(0xfff), bits(0xffffffff), bits(0xffff));
}

/// Groups of new objects of one class that are on their way at the same time.
constexpr std::size_t kCreateLanes = 2;

class PostgresAdapter final : public Adapter {
 public:
  explicit PostgresAdapter(const PostgresSettings& settings)
      : pool_(pool_settings(settings, settings.uri)), replicas_(replica_settings(settings)) {
    const Pool::Lease connection(pool_);
    prepare_database(*connection);
    server_version_ = connection->server_version();
    if (settings.has_auto_indexes) indexes_.emplace(pool_.settings().connection);
  }

 private:
  /// A read that goes by `schema` on the server that it prefers.
  template <typename Body>
  auto read(query::ReadPreference from, const schema::Schema& schema, Body&& body) {
    return replicas_.read(from, run_, [&](Runner& run) { return run.read(schema, body); });
  }

 public:
  std::size_t find(const schema::Schema& schema, const query::Find& find, object::ValueSink& sink) override {
    if (find.limit == 0) return 0;
    if (indexes_) indexes_->wait_for_index(schema, find);
    const FoundRows found = read(find.read_from, schema, [&](Connection& connection, const schema::Schema& actual) {
      return find_rows(connection, actual, find);
    });
    const std::size_t count = play_rows(found, sink);
    if (indexes_)
      indexes_->note(schema, find, std::chrono::duration_cast<std::chrono::microseconds>(found.elapsed), count);
    return count;
  }

  std::int64_t count(const schema::Schema& schema, const std::string& class_name, const query::Where& where,
                     query::ReadPreference from) override {
    return read(from, schema, [&](Connection& connection, const schema::Schema& actual) {
      // What one server's snapshot says of a count holds for no other.
      if (from != query::ReadPreference::kPrimary) return count_objects(connection, actual, class_name, where);
      return counts_.count(connection, actual, class_name, where);
    });
  }

  object::Array distinct(const schema::Schema& schema, const query::Find& find, const std::string& path) override {
    return read(find.read_from, schema, [&](Connection& connection, const schema::Schema& actual) {
      return distinct_values(connection, actual, find, path);
    });
  }

  object::Array aggregate(const schema::Schema& schema, const std::string& class_name,
                          const query::Pipeline& pipeline) override {
    return read(pipeline.read_from, schema, [&](Connection& connection, const schema::Schema& actual) {
      return aggregate_objects(connection, actual, class_name, pipeline);
    });
  }

  object::Value explain(const schema::Schema& schema, const query::Find& find, const std::string& level) override {
    return read(find.read_from, schema, [&](Connection& connection, const schema::Schema& actual) {
      return explain_find(connection, actual, find, level);
    });
  }

  void create(const schema::Schema& schema, const std::string& class_name, const object::Object& object) override {
    // Two at once keep both the database and the network busy.
    const std::size_t lane = next_lane_.fetch_add(1, std::memory_order_relaxed) % kCreateLanes;
    writes_.run(fmt::format("create {} {}", lane, class_name), insert_statement(schema, class_name, object));
  }

  void create_many(const schema::Schema& schema, const std::string& class_name,
                   const std::vector<object::Object>& objects) override {
    run_.in_transaction(true, [&](Connection& connection) {
      insert_many(connection, schema, class_name, objects);
      return true;
    });
  }

  std::optional<object::Object> update(const schema::Schema& schema, const UpdateRequest& request) override {
    const ObjectUpdate update(schema, request);
    if (const auto id = update.only_object()) {
      const WriteResult written = writes_.run(fmt::format("update {} {}", request.class_name, *id), update.statement());
      if (written.result.row_count() == 0) return std::nullopt;
      return read_row(written.result, 0, *written.plan);
    }
    return run_.in_transaction(update.needs_transaction(),
                               [&](Connection& connection) { return update.run_first(connection); });
  }

  std::int64_t update_many(const schema::Schema& schema, const UpdateRequest& request) override {
    const ObjectUpdate update(schema, request);
    return run_.in_transaction(update.needs_transaction(),
                               [&](Connection& connection) { return update.run_all(connection); });
  }

  std::int64_t remove(const schema::Schema& schema, const std::string& class_name, const query::Where& where) override {
    return run_.write([&](Connection& connection) {
      return with_actual_schema(connection, schema, [&](const schema::Schema& actual) {
        return remove_objects(connection, actual, class_name, where);
      });
    });
  }

  void change_relation(const object::Pointer& owner, const std::string& key,
                       const object::ChangeRelation& change) override {
    run_.in_transaction(!change.added.empty() && !change.removed.empty(), [&](Connection& connection) {
      change_members(connection, owner, key, change);
      return true;
    });
  }

  std::unique_ptr<Transaction> begin() override { return begin_transaction(pool_); }

  schema::Schema load_schema() override {
    return run_.read([](Connection& connection) { return load_classes(connection); });
  }

  void create_class(const schema::ClassSchema& class_schema) override {
    run_.write([&](Connection& connection) {
      make_class(connection, class_schema, sender_id_);
      return true;
    });
  }

  void update_class(const schema::ClassSchema& before, const schema::ClassSchema& after) override {
    run_.write([&](Connection& connection) {
      change_class(connection, before, after, sender_id_);
      return true;
    });
  }

  void delete_class(const schema::ClassSchema& class_schema) override {
    run_.write([&](Connection& connection) {
      drop_class(connection, class_schema, sender_id_);
      return true;
    });
  }

  void watch_schema(std::function<void()> on_change) override {
    watch_.reset();
    if (on_change) watch_.emplace(pool_.settings().connection, sender_id_, std::move(on_change));
  }

  void check() override {
    run_.read([](Connection& connection) {
      connection.execute("SELECT 1");
      return true;
    });
  }

  std::string description() const override {
    return fmt::format("PostgreSQL {}.{}", server_version_ / 10000, server_version_ % 10000);
  }

 private:
  Pool pool_;
  Runner run_{pool_};
  Replicas replicas_;
  GroupWriter writes_{run_};
  std::atomic<std::size_t> next_lane_ = 0;
  CountCache counts_;
  const std::string sender_id_ = make_sender_id();
  std::optional<SchemaWatch> watch_;
  std::optional<AutoIndex> indexes_;
  int server_version_ = 0;
};

}  // namespace

std::unique_ptr<storage::Adapter> open_postgres(const PostgresSettings& settings) {
  return std::make_unique<PostgresAdapter>(settings);
}

}  // namespace parse::storage::postgres
