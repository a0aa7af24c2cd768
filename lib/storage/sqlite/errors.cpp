#include "storage/sqlite/errors.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace parse::storage::sqlite {
namespace {

/// Limits that a query meets when it is nested too deeply or simply too long. Source: SQLite, parse.y and expr.c.
constexpr std::array<std::string_view, 4> kTooComplex = {"parser stack overflow", "Expression tree is too large",
                                                         "too many SQL variables", "too many terms in"};

bool names_missing(std::string_view text) {
  return text.starts_with("no such table") || text.starts_with("no such column") ||
         text.find(" has no column named ") != std::string_view::npos;
}

bool is_too_complex(std::string_view text) {
  return std::ranges::any_of(kTooComplex, [&](std::string_view limit) { return text.starts_with(limit); });
}

/// The disk is full or may only be read, or an error of it kept a write from becoming durable.
bool is_refused_write(int extended) {
  constexpr std::array kOnWriting = {SQLITE_IOERR_WRITE, SQLITE_IOERR_FSYNC, SQLITE_IOERR_DIR_FSYNC,
                                     SQLITE_IOERR_TRUNCATE};
  const int primary = extended & 0xff;
  return primary == SQLITE_FULL || primary == SQLITE_READONLY ||
         std::find(kOnWriting.begin(), kOnWriting.end(), extended) != kOnWriting.end();
}

/// What the system said last to a write, for SQLite's own text is only "disk I/O error".
std::string system_text(sqlite3* db) {
  int number = 0;
  sqlite3_file* log = nullptr;
  if (sqlite3_file_control(db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log) == SQLITE_OK && log && log->pMethods)
    log->pMethods->xFileControl(log, SQLITE_FCNTL_LAST_ERRNO, &number);
  if (number == 0) sqlite3_file_control(db, "main", SQLITE_FCNTL_LAST_ERRNO, &number);
  return number == 0 ? std::string() : fmt::format(", {}", std::strerror(number));
}

[[noreturn]] void throw_too_complex(std::string cause) {
  throw Error(ErrorCode::kInvalidQuery, "The query is too complex.", std::move(cause));
}

}  // namespace

void throw_sqlite_error(sqlite3* db, std::string_view what) {
  const int extended = sqlite3_extended_errcode(db);
  const std::string_view text = sqlite3_errmsg(db);
  const bool is_of_disk = (extended & 0xff) == SQLITE_IOERR || is_refused_write(extended);
  std::string cause = fmt::format("{} ({}{}): {}", text, extended, is_of_disk ? system_text(db) : "", what);
  if (is_refused_write(extended))
    throw Error(ErrorCode::kInternal, "The database cannot be written.", std::move(cause));
  if (extended == SQLITE_CONSTRAINT_UNIQUE || extended == SQLITE_CONSTRAINT_PRIMARYKEY)
    throw Error(ErrorCode::kDuplicateValue, "A duplicate value for a field with unique values was provided",
                std::move(cause));
  switch (extended & 0xff) {
    case SQLITE_INTERRUPT:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      throw Error(ErrorCode::kTimeout, "The query took too long.", std::move(cause));
    case SQLITE_ERROR:
      if (names_missing(text)) throw MissingName(std::move(cause));
      if (is_too_complex(text)) throw_too_complex(std::move(cause));
      if (text.starts_with("too many columns"))
        throw Error(ErrorCode::kInvalidSchemaOperation, "The class has too many fields.", std::move(cause));
      break;
    case SQLITE_TOOBIG:
      throw_too_complex(std::move(cause));
    case SQLITE_NOTADB:
      throw Error(ErrorCode::kInternal, "file is not a database");
    default:
      break;
  }
  throw Error(ErrorCode::kInternal, "Internal server error.", std::move(cause));
}

}  // namespace parse::storage::sqlite
