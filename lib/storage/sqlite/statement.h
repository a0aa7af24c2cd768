#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "storage/sql/sql_text.h"

struct sqlite3_stmt;

namespace parse::storage::sqlite {

class Connection;

/// One prepared statement. Used by one thread at a time, the one that holds its connection.
class Statement {
 public:
  /// Throws what throw_sqlite_error throws.
  Statement(Connection& connection, std::string_view sql);
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  /// Binds the values to ?1, ?2 … The strings must stay alive until `reset`.
  void bind(const std::vector<sql::SqlValue>& values);
  /// True: a row is there. False: done.
  bool step();
  /// Ends the run and forgets the values. Never throws: what failed was reported by `step`.
  void reset() noexcept;

  bool is_null(int column) const;
  std::int64_t integer(int column) const;
  double real(int column) const;
  /// Valid until the next step or reset.
  std::string_view text(int column) const;
  int column_count() const;
  /// Rows that full scans read since the last call; the price of a missing index.
  std::int64_t take_scanned_rows();

  sqlite3_stmt* handle() const { return handle_; }

 private:
  Connection& connection_;
  sqlite3_stmt* handle_ = nullptr;
};

/// Resets the statement when the scope ends, also by an exception.
class StatementUse {
 public:
  StatementUse(Statement& statement, const std::vector<sql::SqlValue>& values);
  ~StatementUse() { statement_.reset(); }
  StatementUse(const StatementUse&) = delete;
  StatementUse& operator=(const StatementUse&) = delete;
  Statement* operator->() { return &statement_; }

 private:
  Statement& statement_;
};

}  // namespace parse::storage::sqlite
