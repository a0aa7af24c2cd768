#pragma once

#include <chrono>
#include <functional>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "storage/postgres/errors.h"
#include "storage/postgres/plan_choice.h"
#include "storage/postgres/result.h"
#include "storage/sql/sql_text.h"

struct pg_conn;

namespace parse::storage::sql {
struct ReadPlan;
}

namespace parse::storage::postgres {

struct ConnectionSettings {
  /// libpq's parameters, `host`, `sslmode` …, by name.
  std::vector<std::pair<std::string, std::string>> parameters;
  /// Prepared statements kept at most; the least recently used one makes room.
  std::size_t cached_statements = 200;
  /// Longest time one statement may run, waits for locks included; zero means no limit.
  std::chrono::milliseconds statement_limit{0};
  /// A transaction that does nothing for this long is ended; zero means no limit.
  std::chrono::milliseconds transaction_idle_limit{0};
};

/// A statement that the server has prepared and, for reads, how to decode its rows. Owned by the connection's cache.
struct CachedStatement {
  std::string name;
  std::string sql;
  std::shared_ptr<const sql::ReadPlan> plan;
  PlanChoice choice;
};

/// One connection with its cache of prepared statements. One thread at a time. Errors of every call: those of
/// throw_postgres_error.
class Connection {
 public:
  /// Throws Disconnected, or kInternal (1) for what no further try can mend (a wrong password, no such database).
  explicit Connection(const ConnectionSettings& settings);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Runs SQL that takes no values, DDL for the most part; several statements may follow each other, and are then one
  /// transaction.
  void execute(const std::string& sql);
  /// Runs a statement with numbered placeholders, prepared and cached by its text.
  Result query(const sql::SqlText& sql);
  /// As `query`, for statements without rows: returns the rows changed.
  std::int64_t run(const sql::SqlText& sql) { return query(sql).affected(); }

  /// The cached statement under `key`, or nullptr. The key is the SQL text unless the caller has a shorter one.
  CachedStatement* find_cached(std::string_view key);
  /// Prepares `sql` and keeps it under `key`.
  CachedStatement& cache(std::string_view key, std::string_view sql);
  Result query(CachedStatement& statement, const std::vector<sql::SqlValue>& values);
  /// Plays the rows one by one as they arrive, each as a Result with one row, until `take` returns false.
  void for_each_row(CachedStatement& statement, const std::vector<sql::SqlValue>& values,
                    const std::function<bool(const Result&)>& take);

  /// Runs one statement that is not kept.
  Result query_once(const std::string& sql, const std::vector<sql::SqlValue>& values);
  /// How the statements that follow are planned. Outside transactions only, as the end of one could undo it.
  void use_plan_mode(PlanMode mode);

  /// Asks the server to end the statement that runs, which then fails with kTimeout (124). Any thread.
  void cancel();

  /// Drops all prepared statements: they are prepared again when they are needed.
  void forget_statements();

  /// A prepared statement and its values.
  struct PipelineItem {
    CachedStatement* statement;
    const std::vector<sql::SqlValue>* values;
  };
  /// Runs the statements one after the other in one transaction and one round trip; a result for each. When one fails,
  /// none was carried out, and its error is thrown. What is sent should be some 100 kB at most.
  std::vector<Result> run_pipeline(const std::vector<PipelineItem>& items);

  /// False after the server closed it, which an idle connection learns here.
  bool is_usable();
  /// Open and in no transaction, as far as is known without asking.
  bool is_reusable() const;
  /// In a transaction, or in one that failed.
  bool is_in_transaction() const;
  /// 150012 for 15.12.
  int server_version() const;
  pg_conn* handle() const { return handle_.get(); }

 private:
  struct Entry {
    std::string key;
    std::unique_ptr<CachedStatement> statement;
  };
  struct Finish {
    void operator()(pg_conn* connection) const;
  };
  void configure(const ConnectionSettings& settings);
  void prepare(const CachedStatement& statement);
  void forget_least_used();
  template <typename Run>
  auto with_fresh_statement(const CachedStatement& statement, Run&& run);
  Result run_prepared(const CachedStatement& statement, const std::vector<sql::SqlValue>& values);
  Result run_in_plan_mode(CachedStatement& statement, const std::vector<sql::SqlValue>& values);
  bool has_plan_mode_of(const CachedStatement& statement) const;
  void stop_rows();
  std::vector<Result> read_pipeline(const std::vector<PipelineItem>& items);

  std::unique_ptr<pg_conn, Finish> handle_;
  std::size_t cached_statements_;
  std::uint64_t next_name_ = 0;
  PlanMode plan_mode_ = PlanMode::kAuto;
  std::list<Entry> entries_;  // most recently used first
  std::unordered_map<std::string_view, std::list<Entry>::iterator> by_key_;
};

}  // namespace parse::storage::postgres
