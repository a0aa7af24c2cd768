#include "server/adapters.h"

#include <fmt/format.h>

#include "base/error.h"
#include "storage/postgres/postgres_adapter.h"
#include "storage/postgres/uri.h"
#include "storage/sqlite/sqlite_adapter.h"

namespace parse::server {
namespace {

constexpr std::string_view kSqlite = "sqlite:";

std::unique_ptr<storage::Adapter> open_sqlite(const config::DatabaseOptions& options) {
  storage::sqlite::SqliteSettings settings;
  settings.path = options.uri.substr(kSqlite.size());
  if (options.max_time.count() > 0) settings.statement_limit = options.max_time;
  return storage::sqlite::open_sqlite(settings);
}

std::unique_ptr<storage::Adapter> open_postgres(const config::DatabaseOptions& options) {
  storage::postgres::PostgresSettings settings;
  settings.uri = options.uri;
  settings.replicas = options.replicas;
  settings.max_connections = options.max_pool_size;
  if (options.max_time.count() > 0) settings.statement_limit = options.max_time;
  return storage::postgres::open_postgres(settings);
}

}  // namespace

StorageSource storage_source(const config::DatabaseOptions& options) {
  if (options.uri.starts_with(kSqlite)) return {.open = [options] { return open_sqlite(options); }};
  if (storage::postgres::is_postgres_uri(options.uri))
    return {.open = [options] { return open_postgres(options); }, .is_remote = true};
  throw Error(
      ErrorCode::kInternal,
      fmt::format("no storage for a URI that begins with '{}'; use sqlite:<file> or postgres://<host>/<database>",
                  options.uri.substr(0, options.uri.find(':') + 1)));
}

}  // namespace parse::server
