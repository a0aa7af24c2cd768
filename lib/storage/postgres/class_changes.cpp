#include "storage/postgres/class_changes.h"

#include <fmt/format.h>

#include <string>

#include "object/json.h"
#include "schema/default_classes.h"
#include "storage/postgres/ddl.h"
#include "storage/postgres/index_ddl.h"
#include "storage/postgres/index_plan.h"
#include "storage/postgres/name_lock.h"
#include "storage/postgres/schema_store.h"
#include "storage/postgres/transaction_scope.h"
#include "storage/sql/class_merge.h"

namespace parse::storage::postgres {
namespace {

using schema::ClassSchema;
using schema::Index;

// How often a change is tried again after it met another server.
constexpr int kAttempts = 15;
// A change of a table waits for the queries that read it, and everybody else waits behind the change. So it gives up
// soon, lets them pass, and tries again.
constexpr std::string_view kLockPatience = "SET LOCAL lock_timeout = '2s'";

/// Reaches the others when the transaction commits, and only then.
void notify(Connection& connection, std::string_view sender_id) {
  sql::SqlText sql(sql::Values::kNumbered);
  sql.raw("SELECT 1 FROM pg_notify('schema.change',");
  sql.bind(object::to_json(object::Object{{"senderId", sender_id}})).raw(")");
  connection.run(sql);
}

/// Servers that change the same class take turns. Two transactions may have met each other all the same: the Node
/// server locks tables and rows in another order, and names of indexes are shared by all classes.
template <typename Change>
void change_schema(Connection& connection, const std::string& class_name, std::string_view sender_id,
                   const Change& change) {
  for (int attempt = 1;; ++attempt) {
    try {
      TransactionScope scope(connection);
      connection.execute(std::string(kLockPatience));
      lock_name(connection, "parse class " + class_name);
      change();
      notify(connection, sender_id);
      return scope.commit();
    } catch (const AlreadyThere&) {
      if (attempt == kAttempts) throw;
    } catch (const Error& error) {
      const bool met_another = error.code() == ErrorCode::kInvalidLinkedSession || error.code() == ErrorCode::kTimeout;
      if (!met_another || attempt == kAttempts) throw;
    }
  }
}

void change_tables(Connection& connection, const ClassSchema& before, const ClassSchema& after,
                   std::string_view sender_id) {
  change_schema(connection, after.name, sender_id, [&] {
    const auto stored = load_class(connection, after.name);
    if (!stored) throw Error(ErrorCode::kInvalidClassName, fmt::format("Class {} does not exist.", after.name));
    sql::check_new_fields(*stored, before, after);
    alter_tables(connection, before, after);
    store_class(connection, *stored, sql::merge(*stored, before, after));
  });
}

/// An index that the server makes by itself must not keep it from starting; that users share an account of somebody
/// else is for the caller to tell.
bool is_made_if_possible(const std::string& class_name, const Index& index) {
  return schema::is_default_index(class_name, index.name) && index.keys.front().field.find('.') == std::string::npos;
}

/// All or none.
class NewIndexes {
 public:
  NewIndexes(Connection& connection, const ClassSchema& class_schema)
      : connection_(connection), class_schema_(class_schema) {}
  ~NewIndexes() {
    if (is_kept_) return;
    for (const Index& index : built_) {
      try {
        remove_index(connection_, class_schema_, index);
      } catch (const Error&) {
        // The connection is gone. The index stays, under a name that tells whose it is.
      }
    }
  }
  NewIndexes(const NewIndexes&) = delete;
  NewIndexes& operator=(const NewIndexes&) = delete;

  void build(const std::vector<Index>& indexes) {
    for (const Index& index : indexes) {
      if (is_made_if_possible(class_schema_.name, index)) {
        build_default_index(connection_, class_schema_, index);
      } else if (build_index(connection_, class_schema_, index)) {
        built_.push_back(index);
      }
    }
  }
  void keep() { is_kept_ = true; }

 private:
  Connection& connection_;
  const ClassSchema& class_schema_;
  std::vector<Index> built_;
  bool is_kept_ = false;
};

}  // namespace

void make_class(Connection& connection, const ClassSchema& class_schema, std::string_view sender_id) {
  change_schema(connection, class_schema.name, sender_id, [&] {
    if (load_class(connection, class_schema.name))
      throw Error(ErrorCode::kInvalidClassName, fmt::format("Class {} already exists.", class_schema.name));
    create_tables(connection, class_schema);
    create_indexes(connection, class_schema);
    store_class(connection, {}, class_schema);
  });
}

void change_class(Connection& connection, const ClassSchema& before, const ClassSchema& after,
                  std::string_view sender_id) {
  const IndexPlan plan = plan_indexes(before, after);
  const ClassSchema between = without_indexes(after, plan.afterwards);
  NewIndexes first(connection, after);
  first.build(plan.first);
  change_tables(connection, before, between, sender_id);
  first.keep();
  for (const Index& index : plan.removed) remove_index(connection, before, index);
  if (plan.afterwards.empty()) return;
  NewIndexes afterwards(connection, after);
  afterwards.build(plan.afterwards);
  change_tables(connection, between, after, sender_id);
  afterwards.keep();
}

void drop_class(Connection& connection, const ClassSchema& class_schema, std::string_view sender_id) {
  change_schema(connection, class_schema.name, sender_id, [&] {
    drop_tables(connection, class_schema);
    erase_class(connection, class_schema.name);
  });
}

}  // namespace parse::storage::postgres
