#pragma once

#include <chrono>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/error.h"
#include "query/regex.h"
#include "storage/sqlite/statement.h"
#include "storage/sqlite/text_search.h"

struct sqlite3;

namespace parse::storage::sql {
struct ReadPlan;
}

namespace parse::storage::sqlite {

enum class ConnectionMode { kWriter, kReader };

struct ConnectionSettings {
  std::string path;
  ConnectionMode mode = ConnectionMode::kWriter;
  std::int64_t cache_kib = 2048;
  /// Of a writer: pages in the WAL before they move to the database file.
  std::int64_t checkpoint_pages = 2000;
  std::size_t cached_statements = 200;
  /// Longest time that one statement may run; zero means no limit.
  std::chrono::milliseconds statement_limit{0};
};

/// A prepared statement and, for reads, how to decode its rows. Owned by the connection's cache.
struct CachedStatement {
  CachedStatement(Connection& connection, std::string_view sql) : statement(connection, sql) {}
  Statement statement;
  std::shared_ptr<const sql::ReadPlan> plan;
};

/// One SQLite connection with its functions, its limits and its cache of prepared statements. One thread at a time.
class Connection {
 public:
  explicit Connection(const ConnectionSettings& settings);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Runs SQL that takes no values and gives no rows; several statements may follow each other.
  void execute(const char* sql);
  /// The cached statement under `key`, or nullptr. The key is the SQL text unless the caller has a shorter one.
  CachedStatement* find_cached(std::string_view key);
  /// Prepares `sql` and keeps it under `key`; the least recently used one makes room.
  CachedStatement& cache(std::string_view key, std::string_view sql);
  /// The cached statement of `sql`, prepared when new.
  Statement& prepare(std::string_view sql);
  /// Runs a statement that gives no rows; returns the rows changed.
  std::int64_t run(const sql::SqlText& sql);

  /// The time limit of the next statement starts now.
  void start_clock();
  /// The statement that is about to run throws GaveUp after the work of some 10 ms, unless `be_patient` is called
  /// before.
  void give_up_early();
  void be_patient() { checks_left_ = 0; }
  /// False inside a transaction; true again after SQLite rolled one back by itself.
  bool is_autocommit() const;
  sqlite3* handle() const { return db_; }
  query::RegexCache& regexes() { return regexes_; }
  const TextTokenizer& tokenizer();

  /// Throws what the last call failed with: the Error of one of our SQL functions, else what SQLite says.
  [[noreturn]] void throw_error(std::string_view what);
  /// Called by an SQL function that fails the running statement.
  void keep_function_error(const Error& error) { function_error_ = error; }

 private:
  struct Entry {
    std::string key;
    std::unique_ptr<CachedStatement> statement;
  };
  void configure(const ConnectionSettings& settings);
  static int check_clock(void* self);

  sqlite3* db_ = nullptr;
  std::chrono::milliseconds statement_limit_;
  std::chrono::steady_clock::time_point deadline_;
  int checks_left_ = 0;  // until the statement gives up; zero: it does not
  bool gave_up_ = false;
  std::size_t cached_statements_;
  query::RegexCache regexes_;
  std::unique_ptr<TextTokenizer> tokenizer_;
  std::optional<Error> function_error_;
  std::list<Entry> entries_;  // most recently used first
  std::unordered_map<std::string_view, std::list<Entry>::iterator> by_key_;
};

}  // namespace parse::storage::sqlite
