#pragma once

#include <string_view>

#include "base/error.h"
#include "storage/adapter.h"
#include "storage/unavailable.h"

struct pg_conn;
struct pg_result;

namespace parse::storage::postgres {

/// Turns a failed result into an Error by its SQLSTATE, with PostgreSQL's text and `what` as cause: 137 for unique
/// violations, 124 for a statement that ran or waited too long, 251 for a write conflict that asks for another try, 102
/// for a bad pattern and for queries beyond PostgreSQL's limits, 107 for a text that holds U+0000, 116 for a value too
/// long for an index, 255 for a class with more fields than a table can have columns, 1 "The database cannot be
/// written." for a database that is full or read-only, and those below. 1 for everything else.
[[noreturn]] void throw_postgres_error(pg_conn* connection, const pg_result* result, std::string_view what);

/// The SQLSTATE of a failed result; empty when there is none.
std::string_view sql_state(const pg_result* result);

/// The statement names a table or column that the database does not have: the caller's schema snapshot is ahead of it
/// or behind it. Only writes let it leave this folder.
using MissingName = StaleSchema;

/// The database cannot be reached, or went away: refused, timed out, shut down, or without a free connection. Another
/// try may work. `was_sent`: a statement had been sent, so that nobody knows whether it was carried out.
class Disconnected : public Unavailable {
 public:
  explicit Disconnected(std::string cause, bool was_sent = false)
      : Unavailable(std::move(cause)), was_sent_(was_sent) {}
  bool was_sent() const { return was_sent_; }

 private:
  bool was_sent_;
};

/// A table, column or index is already there: somebody else made it first. Never leaves this folder.
class AlreadyThere : public Error {
 public:
  explicit AlreadyThere(std::string cause) : Error(ErrorCode::kInternal, "Internal server error.", std::move(cause)) {}
};

/// A prepared statement no longer fits: its tables have changed, or it is gone (a pooler changed the backend).
/// Preparing it again helps. Never leaves this folder.
class StaleStatement : public Error {
 public:
  explicit StaleStatement(std::string cause)
      : Error(ErrorCode::kInternal, "Internal server error.", std::move(cause)) {}
};

}  // namespace parse::storage::postgres
