#include "storage/sqlite/errors.h"

#include <fmt/format.h>
#include <sqlite3.h>

namespace parse::storage::sqlite {
namespace {

bool starts_with(std::string_view text, std::string_view prefix) { return text.substr(0, prefix.size()) == prefix; }

}  // namespace

void throw_sqlite_error(sqlite3* db, std::string_view what) {
  const int extended = sqlite3_extended_errcode(db);
  const std::string_view text = sqlite3_errmsg(db);
  std::string cause = fmt::format("{} ({}): {}", text, extended, what);
  if (extended == SQLITE_CONSTRAINT_UNIQUE || extended == SQLITE_CONSTRAINT_PRIMARYKEY)
    throw Error(ErrorCode::kDuplicateValue, "A duplicate value for a field with unique values was provided",
                std::move(cause));
  switch (extended & 0xff) {
    case SQLITE_INTERRUPT:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      throw Error(ErrorCode::kTimeout, "The query took too long.", std::move(cause));
    case SQLITE_ERROR:
      if (starts_with(text, "no such table") || starts_with(text, "no such column") ||
          text.find(" has no column named ") != std::string_view::npos)
        throw MissingName(std::move(cause));
      break;
    default:
      break;
  }
  throw Error(ErrorCode::kInternal, "Internal server error.", std::move(cause));
}

}  // namespace parse::storage::sqlite
