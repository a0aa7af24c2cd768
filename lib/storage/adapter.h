#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "object/update_op.h"
#include "object/value.h"
#include "object/value_sink.h"
#include "query/pipeline.h"
#include "query/where.h"
#include "schema/class_schema.h"

/// The storage contract. SQLite, PostgreSQL and MongoDB implement it; nothing above knows which one is behind it.
namespace parse::storage {

/// A write names a class or field that is in the caller's snapshot but not in the database: another server, or another
/// request, has just deleted it. Reads never throw it. For a client it is code kInternal (1).
class StaleSchema : public Error {
 public:
  explicit StaleSchema(std::string cause) : Error(ErrorCode::kInternal, "Internal server error.", std::move(cause)) {}
};

/// What an update does to the objects it matches.
struct UpdateRequest {
  std::string class_name;
  query::Where where;
  object::Update changes;
  /// Written to updatedAt; absent: that stays as it is, as it does when the server keeps accounts of its own.
  std::optional<object::Date> updated_at;
};

/// The data operations of one connection, auto-committed by an Adapter or bundled by a Transaction. Everywhere:
/// `schema` is the snapshot the request was checked against; a class or field that is in the snapshot but not in the
/// database reads as empty; reads go to a replica when they prefer that and the storage has some (never inside a
/// transaction); any thread; may block (a BlockingSection is entered inside). A storage that knows how many rows a
/// find, a count or a distinct examined tells it by add_examined_rows. Errors of every call: kInternal (1) with the
/// driver's text as cause; kTimeout (124) when the time limit was reached.
class Operations {
 public:
  virtual ~Operations() = default;

  /// True inside a transaction, which holds the writer: nothing may change the schema then.
  virtual bool is_transaction() const { return false; }

  /// Plays the objects found into `sink`, each as begin_object … end_object, in order. Fields that are null or missing
  /// are left out; a Relation field is always there; ACL only when the object has one. A storage that cannot force an
  /// index takes no notice of a hint. Returns how many were played.
  /// Errors: kInvalidQuery (102) for what the field's type cannot answer, or a bad pattern.
  virtual std::size_t find(const schema::Schema& schema, const query::Find& find, object::ValueSink& sink) = 0;
  virtual std::int64_t count(const schema::Schema& schema, const std::string& class_name, const query::Where& where,
                             query::ReadPreference read_from = query::ReadPreference::kPrimary) = 0;
  /// Distinct values of `path`, which may be dotted; elements of Array fields count one by one. Of `find`, the class,
  /// the condition and where to read count.
  virtual object::Array distinct(const schema::Schema& schema, const query::Find& find, const std::string& path) = 0;
  virtual object::Array aggregate(const schema::Schema& schema, const std::string& class_name,
                                  const query::Pipeline& pipeline) = 0;

  /// The plan of a find, in the form the storage gives it. `level` is the REST parameter: "queryPlanner",
  /// "queryPlannerExtended", "executionStats" or "allPlansExecution".
  virtual object::Value explain(const schema::Schema& schema, const query::Find& find, const std::string& level) = 0;

  /// Stores a new object: objectId, createdAt and updatedAt (Dates) and ACL are members of it, Relation fields are not.
  /// Errors: kDuplicateValue (137) for an objectId or unique index value that exists; StaleSchema.
  virtual void create(const schema::Schema& schema, const std::string& class_name, const object::Object& object) = 0;
  /// Stores all of `objects`, of which there may be any number, or none of them: as `create` in everything else.
  virtual void create_many(const schema::Schema& schema, const std::string& class_name,
                           const std::vector<object::Object>& objects) = 0;
  /// Changes the first object that matches (all conditions, in one atomic step) and returns it whole, as it is
  /// afterwards. nullopt: none matched. Errors: kDuplicateValue (137); kIncorrectType (111) from apply_update;
  /// StaleSchema.
  virtual std::optional<object::Object> update(const schema::Schema& schema, const UpdateRequest& request) = 0;
  /// As `update`, for every object that matches; returns how many.
  virtual std::int64_t update_many(const schema::Schema& schema, const UpdateRequest& request) = 0;
  /// Deletes what matches; returns how many.
  virtual std::int64_t remove(const schema::Schema& schema, const std::string& class_name,
                              const query::Where& where) = 0;

  /// Adds and removes members of `owner`'s relation field `key`; adding twice is adding once.
  virtual void change_relation(const object::Pointer& owner, const std::string& key,
                               const object::ChangeRelation& change) = 0;
};

/// Several operations as one: leaving the scope without commit() rolls back. Errors of begin and commit: kInternal (1);
/// kInvalidLinkedSession (251) asks the caller to run the whole transaction again (a write conflict).
class Transaction : public Operations {
 public:
  virtual void commit() = 0;
  bool is_transaction() const final { return true; }
};

/// One database. Built open and ready; the destructor closes it cleanly.
class Adapter : public Operations {
 public:
  virtual std::unique_ptr<Transaction> begin() = 0;

  /// Every class that the database holds, its fields in order, indexes and permissions included.
  virtual schema::Schema load_schema() = 0;
  /// Makes the class with its fields and indexes. Errors: kInvalidClassName (103) when it exists.
  virtual void create_class(const schema::ClassSchema& class_schema) = 0;
  /// Brings the database from `before` to `after`: adds and deletes fields (with join tables) and indexes, stores
  /// permissions. One atomic step. Two servers may do the same at once: a field that is already there with the same
  /// type is fine. Errors: kInvalidSchemaOperation (255) when it is there with another type; kInvalidClassName (103)
  /// when the class is no longer there; kDuplicateValue (137) when a unique index cannot be made.
  virtual void update_class(const schema::ClassSchema& before, const schema::ClassSchema& after) = 0;
  /// Drops the class, its objects and join tables. Fine when it does not exist.
  virtual void delete_class(const schema::ClassSchema& class_schema) = 0;
  /// Calls `on_change` whenever another server has changed the schema, and each time that it begins to listen (now, and
  /// after a lost connection was made again), for what it may have missed before. The calls come one after the other on
  /// a thread of the storage, from inside or after this call, and must neither block nor throw. An empty function ends
  /// the watch; when that returns, no call is running. A storage that one server has for itself, as here, never calls.
  virtual void watch_schema(std::function<void()> on_change) { static_cast<void>(on_change); }

  /// Throws Unavailable when the database does not answer, within seconds. For a database on another machine
  /// server::StorageKeeper asks it now and then, and /health tells the outcome. A database in a file is not asked:
  /// /health must neither wait for a disk nor take a server out of use that can still read.
  virtual void check() = 0;
  /// "SQLite 3.40.1": for logs and /serverInfo.
  virtual std::string description() const = 0;
};

}  // namespace parse::storage
