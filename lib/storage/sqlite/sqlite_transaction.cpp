#include "storage/sqlite/sqlite_transaction.h"

#include <utility>

#include "storage/sqlite/actual_schema.h"
#include "storage/sqlite/read.h"
#include "storage/sqlite/write.h"

namespace parse::storage::sqlite {
namespace {

class SqliteTransaction final : public Transaction {
 public:
  explicit SqliteTransaction(WriteQueue& queue) : queue_(queue), connection_(queue.acquire()) {
    try {
      connection_.execute("BEGIN IMMEDIATE");
    } catch (...) {
      queue_.release();
      throw;
    }
  }

  ~SqliteTransaction() override {
    if (!connection_.is_autocommit()) {
      try {
        connection_.execute("ROLLBACK");
      } catch (const Error&) {
        // SQLite rolled back by itself.
      }
    }
    queue_.release();
  }

  std::size_t find(const schema::Schema& schema, const query::Find& find, object::ValueSink& sink) override {
    return find_objects(connection_, schema, find, sink);
  }
  std::int64_t count(const schema::Schema& schema, const std::string& class_name, const query::Where& where) override {
    return count_objects(connection_, schema, class_name, where);
  }
  object::Array distinct(const schema::Schema& schema, const std::string& class_name, const std::string& path,
                         const query::Where& where) override {
    return distinct_values(connection_, schema, class_name, path, where);
  }
  object::Array aggregate(const schema::Schema& schema, const std::string& class_name,
                          const query::Pipeline& pipeline) override {
    return aggregate_objects(connection_, schema, class_name, pipeline);
  }
  object::Value explain(const schema::Schema& schema, const query::Find& find, const std::string&) override {
    return explain_find(connection_, schema, find);
  }
  void create(const schema::Schema& schema, const std::string& class_name, const object::Object& object) override {
    connection_.run(insert_sql(schema, class_name, object));
  }
  std::optional<object::Object> update(const schema::Schema& schema, const UpdateRequest& request) override {
    return ObjectUpdate(schema, request).run_first(connection_);
  }
  std::int64_t update_many(const schema::Schema& schema, const UpdateRequest& request) override {
    return ObjectUpdate(schema, request).run_all(connection_);
  }
  std::int64_t remove(const schema::Schema& schema, const std::string& class_name, const query::Where& where) override {
    return with_actual_schema(connection_, schema, [&](const schema::Schema& actual) {
      return remove_objects(connection_, actual, class_name, where);
    });
  }
  void change_relation(const object::Pointer& owner, const std::string& key,
                       const object::ChangeRelation& change) override {
    change_members(connection_, owner, key, change);
  }

  void commit() override { connection_.execute("COMMIT"); }

 private:
  WriteQueue& queue_;
  Connection& connection_;
};

}  // namespace

std::unique_ptr<Transaction> begin_transaction(WriteQueue& queue) { return std::make_unique<SqliteTransaction>(queue); }

}  // namespace parse::storage::sqlite
