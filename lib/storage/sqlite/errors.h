#pragma once

#include <string_view>

#include "base/error.h"
#include "storage/adapter.h"

struct sqlite3;

namespace parse::storage::sqlite {

/// Turns the last failure of `db` into an Error: 137 for unique violations, 124 for an interrupted or waiting
/// statement, 102 for a query beyond SQLite's limits, 255 for a class with more fields than a table can have columns, 1
/// "The database cannot be written." for a disk that is full, read-only or broken, 1 for everything else; with SQLite's
/// text, the system's and `what` as cause.
[[noreturn]] void throw_sqlite_error(sqlite3* db, std::string_view what);

/// The statement names a table or column that the database does not have: the caller's schema snapshot is ahead of it
/// or behind it. Only writes let it leave this folder.
using MissingName = StaleSchema;

/// A statement was stopped because it had found nothing for too long; see Connection::give_up_early. Never leaves this
/// folder.
class GaveUp : public Error {
 public:
  explicit GaveUp(std::string cause) : Error(ErrorCode::kTimeout, "The query took too long.", std::move(cause)) {}
};

}  // namespace parse::storage::sqlite
