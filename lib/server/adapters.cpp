#include "server/adapters.h"

#include <fmt/format.h>

#include "base/error.h"
#include "storage/postgres/postgres_adapter.h"
#include "storage/postgres/uri.h"
#include "storage/sqlite/sqlite_adapter.h"

namespace parse::server {
namespace {

constexpr std::string_view kSqlite = "sqlite:";

/// Large enough for the indexes of a million objects: their pages are changed in no order, and those that leave the
/// cache are written again and again.
constexpr std::int64_t kBulkCacheKib = 32 * 1024;
constexpr std::int64_t kBulkCheckpointPages = 16000;

std::unique_ptr<storage::Adapter> open_sqlite(const config::DatabaseOptions& options, StorageUse use) {
  storage::sqlite::SqliteSettings settings;
  settings.path = options.uri.substr(kSqlite.size());
  if (options.max_time.count() > 0) settings.statement_limit = options.max_time;
  if (use == StorageUse::kBulkWork) {
    settings.writer_cache_kib = kBulkCacheKib;
    settings.checkpoint_pages = kBulkCheckpointPages;
    settings.transaction_idle_limit = std::chrono::hours(24 * 365);
  }
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

StorageSource storage_source(const config::DatabaseOptions& options, StorageUse use) {
  if (options.uri.starts_with(kSqlite)) return {.open = [=] { return open_sqlite(options, use); }};
  if (storage::postgres::is_postgres_uri(options.uri))
    return {.open = [options] { return open_postgres(options); }, .is_remote = true};
  throw Error(
      ErrorCode::kInternal,
      fmt::format("no storage for a URI that begins with '{}'; use sqlite:<file> or postgres://<host>/<database>",
                  options.uri.substr(0, options.uri.find(':') + 1)));
}

}  // namespace parse::server
