#include "storage/sqlite/sqlite_adapter.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <optional>
#include <utility>

#include "logging/logger.h"
#include "storage/sqlite/actual_schema.h"
#include "storage/sqlite/advised_index.h"
#include "storage/sqlite/class_changes.h"
#include "storage/sqlite/count_cache.h"
#include "storage/sqlite/layout.h"
#include "storage/sqlite/lock_file.h"
#include "storage/sqlite/read.h"
#include "storage/sqlite/reader_pool.h"
#include "storage/sqlite/schema_store.h"
#include "storage/sqlite/sqlite_transaction.h"
#include "storage/sqlite/write.h"
#include "storage/sqlite/write_queue.h"

namespace parse::storage::sqlite {
namespace {

constexpr std::string_view kMemory = ":memory:";
/// Rows read in vain that are worth a look at what an index would save.
constexpr std::int64_t kWorthNoting = 500;
/// Longest time that a find waits for an index that is being made.
constexpr std::chrono::milliseconds kLongestWaitForIndex{1000};

ConnectionSettings connection_settings(const SqliteSettings& settings, ConnectionMode mode) {
  ConnectionSettings connection;
  connection.path = settings.path;
  connection.mode = mode;
  connection.cache_kib = mode == ConnectionMode::kWriter ? settings.writer_cache_kib : settings.cache_kib;
  connection.checkpoint_pages = settings.checkpoint_pages;
  connection.statement_limit = settings.statement_limit;
  return connection;
}

std::unique_ptr<Connection> open_writer(const SqliteSettings& settings) {
  try {
    auto connection = std::make_unique<Connection>(connection_settings(settings, ConnectionMode::kWriter));
    bring_layout_up_to_date(*connection);
    return connection;
  } catch (const Error& error) {
    throw Error(ErrorCode::kInternal, fmt::format("Cannot open the database {}: {}", settings.path,
                                                  error.cause().empty() ? error.message() : error.cause()));
  }
}

class SqliteAdapter final : public Adapter {
 public:
  explicit SqliteAdapter(const SqliteSettings& settings)
      : is_memory_(settings.path == kMemory),
        lock_(is_memory_ ? nullptr : std::make_unique<LockFile>(settings.path)),
        has_auto_indexes_(settings.has_auto_indexes),
        transaction_idle_limit_(settings.transaction_idle_limit),
        queue_(open_writer(settings)),
        readers_(connection_settings(settings, ConnectionMode::kReader), settings.max_readers) {}

 private:
  /// A memory database has one connection, so its readers take turns with the writers.
  template <typename Body>
  auto read(Body&& body) {
    if (!is_memory_) {
      Reader reader(readers_);
      return body(*reader);
    }
    // A thread in a transaction of its own would wait for itself.
    if (Connection* own = queue_.held_by_this_thread()) return body(*own);
    std::optional<decltype(body(std::declval<Connection&>()))> result;
    queue_.run_alone([&](Connection& connection) { result = body(connection); });
    return std::move(*result);
  }

 public:
  std::size_t find(const schema::Schema& schema, const query::Find& find, object::ValueSink& sink) override {
    const auto run = [&](Patience patience) {
      return read([&](Connection& connection) { return find_objects(connection, schema, find, sink, patience); });
    };
    const auto advice = has_auto_indexes_ ? advice_for(schema, find) : std::nullopt;
    if (!advice) return run(Patience::kLong).rows;
    advisor_.wait_for_index(*advice, kLongestWaitForIndex);
    if (!advisor_.is_open(*advice)) return run(Patience::kLong).rows;
    // What would scan a big class stops early, so that an index, when it pays, comes before the scans and not after.
    const FindCost cost = [&] {
      const sql::IndexAdvisor::Running running(advisor_, *advice);
      return run(Patience::kShort);
    }();
    const std::int64_t wasted = cost.scanned - static_cast<std::int64_t>(cost.rows);
    if (wasted > kWorthNoting) note(*advice, wasted);
    if (!cost.gave_up) return cost.rows;
    advisor_.wait_for_index(*advice, kLongestWaitForIndex);
    return run(Patience::kLong).rows;
  }

  std::int64_t count(const schema::Schema& schema, const std::string& class_name, const query::Where& where,
                     query::ReadPreference) override {
    const auto key = count_key(schema, class_name, where);
    if (key) {
      if (const auto known = counts_.find(class_name, *key)) return *known;
    }
    const std::uint64_t version = key ? counts_.version(class_name) : 0;
    const std::int64_t count =
        read([&](Connection& connection) { return count_objects(connection, schema, class_name, where); });
    if (key) counts_.keep(class_name, *key, version, count);
    return count;
  }

  object::Array distinct(const schema::Schema& schema, const query::Find& find, const std::string& path) override {
    return read([&](Connection& connection) { return distinct_values(connection, schema, find, path); });
  }

  object::Array aggregate(const schema::Schema& schema, const std::string& class_name,
                          const query::Pipeline& pipeline) override {
    return read([&](Connection& connection) { return aggregate_objects(connection, schema, class_name, pipeline); });
  }

  void create(const schema::Schema& schema, const std::string& class_name, const object::Object& object) override {
    const sql::SqlText insert = insert_sql(schema, class_name, object);
    write(class_name, WriteSize::kOneStatement, [&](Connection& connection) { connection.run(insert); });
  }

  void create_many(const schema::Schema& schema, const std::string& class_name,
                   const std::vector<object::Object>& objects) override {
    const std::vector<sql::SqlText> inserts = insert_sqls(schema, class_name, objects);
    write(class_name, WriteSize::kManyStatements, [&](Connection& connection) {
      for (const sql::SqlText& insert : inserts) connection.run(insert);
    });
  }

  std::optional<object::Object> update(const schema::Schema& schema, const UpdateRequest& request) override {
    const ObjectUpdate update(schema, request);
    std::optional<object::Object> changed;
    write(request.class_name, update.size(), [&](Connection& connection) { changed = update.run_first(connection); });
    return changed;
  }

  std::int64_t update_many(const schema::Schema& schema, const UpdateRequest& request) override {
    const ObjectUpdate update(schema, request);
    std::int64_t changed = 0;
    write(request.class_name, update.size(), [&](Connection& connection) { changed = update.run_all(connection); });
    return changed;
  }

  std::int64_t remove(const schema::Schema& schema, const std::string& class_name, const query::Where& where) override {
    std::int64_t removed = 0;
    write(class_name, WriteSize::kOneStatement, [&](Connection& connection) {
      removed = with_actual_schema(connection, schema, [&](const schema::Schema& actual) {
        return remove_objects(connection, actual, class_name, where);
      });
    });
    return removed;
  }

  void change_relation(const object::Pointer& owner, const std::string& key,
                       const object::ChangeRelation& change) override {
    queue_.run(WriteSize::kManyStatements,
               [&](Connection& connection) { change_members(connection, owner, key, change); });
  }

  std::unique_ptr<Transaction> begin() override { return begin_transaction(queue_, counts_, transaction_idle_limit_); }

  schema::Schema load_schema() override {
    return read([](Connection& connection) { return load_classes(connection); });
  }

  void create_class(const schema::ClassSchema& class_schema) override {
    write(class_schema.name, WriteSize::kManyStatements,
          [&](Connection& connection) { make_class(connection, class_schema); });
  }

  void update_class(const schema::ClassSchema& before, const schema::ClassSchema& after) override {
    write(after.name, WriteSize::kManyStatements,
          [&](Connection& connection) { change_class(connection, before, after); });
  }

  void delete_class(const schema::ClassSchema& class_schema) override {
    write(class_schema.name, WriteSize::kManyStatements,
          [&](Connection& connection) { drop_class(connection, class_schema); });
  }

  object::Value explain(const schema::Schema& schema, const query::Find& find, const std::string&) override {
    return read([&](Connection& connection) { return explain_find(connection, schema, find); });
  }

  void check() override {
    read([](Connection& connection) { return load_class(connection, "").has_value(); });
  }

  std::string description() const override { return fmt::format("SQLite {}", sqlite3_libversion()); }

 private:
  template <typename Work>
  void write(const std::string& class_name, WriteSize size, Work&& work) {
    queue_.run(size, work);
    counts_.forget(class_name);
  }

  static std::optional<IndexAdvice> advice_for(const schema::Schema& schema, const query::Find& find) {
    const schema::ClassSchema* class_schema = schema.find(find.class_name);
    return class_schema ? sql::best_index_field(*class_schema, find.where) : std::nullopt;
  }

  /// Makes the index when finds like this one have cost enough without it. A failure only leaves them slow.
  void note(const IndexAdvice& advice, std::int64_t wasted) {
    if (!advisor_.note(advice, wasted, std::chrono::steady_clock::now())) return;
    try {
      if (!make_index(advice)) {
        logging::warn("finds on {} read all of it for want of an index on {}; declare one through /schemas",
                      advice.class_name, advice.field);
        return;
      }
      queue_.run(WriteSize::kManyStatements, [&](Connection& connection) { drop_useless_index(connection, advice); });
    } catch (const Error& error) {
      logging::warn("cannot make an index on {}.{}: {}", advice.class_name, advice.field, error.cause());
    }
  }

  bool make_index(const IndexAdvice& advice) {
    std::optional<sql::IndexAdvisor::Making> making;  // until the index is committed
    bool made = false;
    queue_.run(WriteSize::kManyStatements, [&](Connection& connection) {
      making.emplace(advisor_, advice);
      made = make_advised_index(connection, advice);
    });
    return made;
  }

  bool is_memory_;
  std::unique_ptr<LockFile> lock_;
  bool has_auto_indexes_;
  std::chrono::milliseconds transaction_idle_limit_;
  WriteQueue queue_;
  ReaderPool readers_;
  CountCache counts_;
  sql::IndexAdvisor advisor_;
};

}  // namespace

std::unique_ptr<storage::Adapter> open_sqlite(const SqliteSettings& settings) {
  return std::make_unique<SqliteAdapter>(settings);
}

}  // namespace parse::storage::sqlite
