#include "storage/sqlite/layout.h"

#include <fmt/format.h>

#include "base/error.h"
#include "storage/sqlite/index_ddl.h"
#include "storage/sqlite/schema_store.h"

namespace parse::storage::sqlite {
namespace {

std::int64_t number_of(Connection& connection, const char* sql) {
  StatementUse use(connection.prepare(sql), {});
  return use->step() ? use->integer(0) : 0;
}

/// Layout 0: nothing yet, or the first servers' files, which had no index on createdAt.
void upgrade_from_0(Connection& connection) {
  const std::int64_t tables = number_of(connection, "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table'");
  if (tables > 0 && number_of(connection, "SELECT COUNT(*) FROM sqlite_master WHERE name = '_SCHEMA'") == 0)
    throw Error(ErrorCode::kInternal, "Internal server error.", "the file holds tables of another program");
  connection.execute(
      "CREATE TABLE IF NOT EXISTS \"_SCHEMA\" (\"className\" TEXT PRIMARY KEY, \"definition\" TEXT NOT NULL)");
  const schema::Schema schema = load_classes(connection);
  for (const auto& [name, class_schema] : schema.classes()) create_built_in_index(connection, name);
}

/// One step, from `version` to the next.
void upgrade(Connection& connection, std::int64_t version) {
  if (version == 0) upgrade_from_0(connection);
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
