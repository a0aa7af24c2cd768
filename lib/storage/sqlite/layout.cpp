#include "storage/sqlite/layout.h"

#include <fmt/format.h>

#include "base/error.h"

namespace parse::storage::sqlite {
namespace {

std::int64_t number_of(Connection& connection, const char* sql) {
  StatementUse use(connection.prepare(sql), {});
  return use->step() ? use->integer(0) : 0;
}

void make_layout(Connection& connection) {
  connection.execute("CREATE TABLE \"_SCHEMA\" (\"className\" TEXT PRIMARY KEY, \"definition\" TEXT NOT NULL)");
}

void upgrade(Connection& connection, std::int64_t version) {
  if (version == 0) make_layout(connection);
}

}  // namespace

void bring_layout_up_to_date(Connection& connection) {
  const std::int64_t version = number_of(connection, "PRAGMA user_version");
  if (version == kLayoutVersion) return;
  if (version > kLayoutVersion)
    throw Error(ErrorCode::kInternal, "Internal server error.",
                fmt::format("the database has layout {}, written by a newer server; this one knows layout {}", version,
                            kLayoutVersion));
  connection.execute("BEGIN IMMEDIATE");
  try {
    for (std::int64_t step = version; step < kLayoutVersion; ++step) upgrade(connection, step);
    connection.execute(fmt::format("PRAGMA user_version = {}", kLayoutVersion).c_str());
    connection.execute("COMMIT");
  } catch (...) {
    if (!connection.is_autocommit()) connection.execute("ROLLBACK");
    throw;
  }
}

}  // namespace parse::storage::sqlite
