#include "storage/postgres/index_ddl.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "logging/logger.h"
#include "schema/default_classes.h"
#include "storage/postgres/columns.h"
#include "storage/postgres/ddl.h"
#include "storage/postgres/index_names.h"
#include "storage/postgres/index_sql.h"
#include "storage/postgres/transaction_scope.h"

namespace parse::storage::postgres {
namespace {

using schema::ClassSchema;
using schema::Index;

constexpr std::string_view kIdIndex = "_id_";
/// An index in the making; one builder at a time, so one name is enough. What is found under it was left behind.
constexpr std::string_view kUnfinished = "parse_unfinished_index";
constexpr std::chrono::milliseconds kTurnPause{50};
constexpr int kNamesTried = 100;
constexpr int kPlacesTried = 100;
constexpr std::chrono::milliseconds kLockPatience{1000};

sql::SqlText ddl(std::string_view text) {
  sql::SqlText sql(sql::Values::kInText);
  sql.raw(text);
  return sql;
}

/// The turn of this server to build or drop indexes. Taken by asking again and again: whoever waits inside a statement
/// is one of those that CREATE INDEX CONCURRENTLY waits for.
class IndexTurn {
 public:
  explicit IndexTurn(Connection& connection) : connection_(connection) {
    for (bool is_told = false; !ask("SELECT pg_try_advisory_lock(hashtextextended('parse indexes',0))");
         is_told = true) {
      if (!is_told) logging::info("Another server makes indexes; waiting for it.");
      std::this_thread::sleep_for(kTurnPause);
    }
    limit_ = text_of("SELECT current_setting('statement_timeout')");
    connection_.execute("SET statement_timeout = 0");
  }
  ~IndexTurn() {
    try {
      connection_.execute(ddl("SET statement_timeout = ").literal(limit_).text());
      ask("SELECT pg_advisory_unlock(hashtextextended('parse indexes',0))");
    } catch (const Error&) {
      // The connection is gone, and the lock with it.
    }
  }
  IndexTurn(const IndexTurn&) = delete;
  IndexTurn& operator=(const IndexTurn&) = delete;

 private:
  bool ask(std::string_view question) {
    return connection_.query(sql::SqlText(sql::Values::kNumbered).raw(question)).boolean(0, 0);
  }
  std::string text_of(std::string_view question) {
    return std::string(connection_.query(sql::SqlText(sql::Values::kNumbered).raw(question)).bytes(0, 0));
  }

  Connection& connection_;
  std::string limit_;
};

/// True when a table, index or view of that name is where the indexes of the class's table go.
bool is_taken(Connection& connection, const std::string& class_name, const std::string& name) {
  sql::SqlText sql(sql::Values::kNumbered);
  sql.raw("SELECT 1 FROM pg_class WHERE relname = ").bind(std::string_view(name)).raw("::name");
  sql.raw(" AND relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = to_regclass(");
  sql.bind(sql::quoted_identifier(class_name)).raw("))");
  return connection.query(sql).row_count() > 0;
}

std::string free_name(Connection& connection, const std::string& class_name, const Index& index) {
  for (int attempt = 0; attempt < kNamesTried; ++attempt) {
    std::string name = name_for(class_name, index, attempt);
    if (!is_taken(connection, class_name, name)) return name;
  }
  throw Error(ErrorCode::kInvalidQuery, fmt::format("Index {}: this name is taken.", index.name));
}

std::string create_statement(std::string_view how, std::string_view name, const Index& index,
                             const sql::SqlText& target) {
  sql::SqlText sql = ddl(index.unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ");
  return sql.raw(how).identifier(name).raw(" ON ").append(target).text();
}

void describe_index(Connection& connection, const std::string& class_name, const Index& index,
                    const std::string& name) {
  if (schema::is_default_index(class_name, index.name) && name == stored_name(preferred_name(class_name, index)))
    return;
  connection.execute(ddl("COMMENT ON INDEX ").identifier(name).raw(" IS ").literal(comment_for(index)).text());
}

void drop_unfinished(Connection& connection) {
  connection.execute(ddl("DROP INDEX CONCURRENTLY IF EXISTS ").identifier(kUnfinished).text());
}

/// The finished index takes the place of `old`, in one step, or any free name.
void rename_finished(Connection& connection, const ClassSchema& class_schema, const Index& index,
                     const TableIndex* old) {
  TransactionScope scope(connection);
  connection.execute(fmt::format("SET LOCAL lock_timeout = {}", kLockPatience.count()));
  if (old != nullptr) connection.execute(ddl("DROP INDEX IF EXISTS ").identifier(old->name).text());
  const std::string name = free_name(connection, class_schema.name, index);
  connection.execute(ddl("ALTER INDEX ").identifier(kUnfinished).raw(" RENAME TO ").identifier(name).text());
  describe_index(connection, class_schema.name, index, name);
  scope.commit();
}

/// Again while a long query holds the table, in whose wake everybody else would wait, or when the name was just taken.
void put_in_place(Connection& connection, const ClassSchema& class_schema, const Index& index, const TableIndex* old) {
  for (int attempt = 1;; ++attempt) {
    try {
      return rename_finished(connection, class_schema, index, old);
    } catch (const AlreadyThere&) {
      if (attempt == kPlacesTried) throw;
    } catch (const Error& error) {
      if (error.code() != ErrorCode::kTimeout || attempt == kPlacesTried) throw;
    }
  }
}

void build_unfinished(Connection& connection, const Index& index, const sql::SqlText& target) {
  drop_unfinished(connection);
  logging::info("Making index {}.", index.name);
  try {
    connection.execute(create_statement("CONCURRENTLY ", kUnfinished, index, target));
  } catch (const Disconnected&) {
    throw;
  } catch (const Error&) {
    drop_unfinished(connection);
    throw;
  }
}

/// An index of that name that nobody knows stays as it is: it belongs to whoever looks after the database.
bool may_give_way(const TableIndex& old, const ClassSchema& class_schema, const Index& index) {
  return !old.comment.empty() || schema::is_default_index(class_schema.name, index.name);
}

std::vector<std::string> unindexed_join_tables(Connection& connection) {
  std::vector<std::string> names;
  for (const auto& [name, table] : read_tables(connection, "")) {
    const auto leads_with_owner = [](const TableIndex& index) {
      return index.valid && !index.partial && index.columns.front() == "owningId";
    };
    const bool is_join = table.find_column("owningId") != nullptr && table.find_column("relatedId") != nullptr;
    if (is_join && std::none_of(table.indexes.begin(), table.indexes.end(), leads_with_owner)) names.push_back(name);
  }
  return names;
}

void warn_about_equal_values(const ClassSchema& class_schema, const Index& index) {
  const std::string& field = index.keys.front().field;
  const std::string operand =
      index.case_insensitive ? fmt::format("lower(\"{}\")", field) : fmt::format("\"{}\"", field);
  logging::warn(
      "Class {} holds equal values of {}{}: PostgreSQL cannot keep new ones away. Find them with SELECT {}, count(*) "
      "FROM \"{}\" GROUP BY 1 HAVING count(*) > 1, change them, and start again.",
      class_schema.name, field, index.case_insensitive ? ", the case of letters aside" : "", operand,
      class_schema.name);
}

}  // namespace

void create_indexes(Connection& connection, const ClassSchema& class_schema) {
  const Tables tables = read_tables(connection, class_schema.name);
  const Table* table = find_table(tables, class_schema.name);
  for (const Index& index : class_schema.indexes) {
    const TableIndex* found = table ? find_table_index(*table, class_schema.name, index) : nullptr;
    if (index.name == kIdIndex || (found != nullptr && serves(*found, class_schema.name, index))) continue;
    const sql::SqlText target = index_target(class_schema, index, table);
    const std::string name = free_name(connection, class_schema.name, index);
    connection.execute(create_statement("", name, index, target));
    describe_index(connection, class_schema.name, index, name);
  }
}

bool build_index(Connection& connection, const ClassSchema& class_schema, const Index& index) {
  if (index.name == kIdIndex) return false;
  const IndexTurn turn(connection);
  const Tables tables = read_tables(connection, class_schema.name);
  const Table* table = find_table(tables, class_schema.name);
  if (table == nullptr)
    throw Error(ErrorCode::kInvalidClassName, fmt::format("Class {} does not exist.", class_schema.name));
  const TableIndex* old = find_table_index(*table, class_schema.name, index);
  if (old != nullptr && serves(*old, class_schema.name, index)) return false;
  try {
    build_unfinished(connection, index, index_target(class_schema, index, table));
  } catch (const MissingName& missing) {
    throw Error(ErrorCode::kInvalidSchemaOperation,
                fmt::format("Index {}: a field does not exist any more.", index.name), missing.cause());
  }
  const bool gives_way = old != nullptr && may_give_way(*old, class_schema, index);
  put_in_place(connection, class_schema, index, gives_way ? old : nullptr);
  return true;
}

bool build_default_index(Connection& connection, const ClassSchema& class_schema, const Index& index) {
  try {
    build_index(connection, class_schema, index);
    return true;
  } catch (const Unavailable&) {
    throw;
  } catch (const Error& error) {
    if (error.code() != ErrorCode::kDuplicateValue && error.code() != ErrorCode::kInternal) throw;
    if (error.code() == ErrorCode::kInternal) {
      logging::warn("Index {} of class {} cannot be made: {}", index.name, class_schema.name, error.cause());
      return false;
    }
  }
  warn_about_equal_values(class_schema, index);
  if (!index.case_insensitive) return false;
  Index plain = index;
  plain.unique = false;
  build_index(connection, class_schema, plain);
  return false;
}

void remove_index(Connection& connection, const ClassSchema& class_schema, const Index& index) {
  if (index.name == kIdIndex) return;
  const IndexTurn turn(connection);
  const Tables tables = read_tables(connection, class_schema.name);
  const Table* table = find_table(tables, class_schema.name);
  const TableIndex* found = table ? find_table_index(*table, class_schema.name, index) : nullptr;
  if (found != nullptr) connection.execute(ddl("DROP INDEX CONCURRENTLY IF EXISTS ").identifier(found->name).text());
}

void index_join_tables(Connection& connection) {
  const std::vector<std::string> names = unindexed_join_tables(connection);
  if (names.empty()) return;
  const IndexTurn turn(connection);
  for (const std::string& name : unindexed_join_tables(connection)) {
    try {
      connection.execute(ddl("DROP INDEX CONCURRENTLY IF EXISTS ").identifier(owner_index_name(name)).text());
      connection.execute(ddl("CREATE INDEX CONCURRENTLY ").append(owner_index(name)).text());
    } catch (const Disconnected&) {
      throw;
    } catch (const Error& error) {
      logging::warn("The members of relation {} stay without an index by owner: {}", name, error.cause());
    }
  }
}

}  // namespace parse::storage::postgres
