#include "server/adapters.h"

#include <fmt/format.h>

#include "base/error.h"
#include "storage/sqlite/sqlite_adapter.h"

namespace parse::server {

std::unique_ptr<storage::Adapter> open_storage(const config::DatabaseOptions& options) {
  constexpr std::string_view kSqlite = "sqlite:";
  if (!options.uri.starts_with(kSqlite)) {
    throw Error(ErrorCode::kInternal, fmt::format("no storage for a URI that begins with '{}'; use sqlite:<file>",
                                                  options.uri.substr(0, options.uri.find(':') + 1)));
  }
  storage::sqlite::SqliteSettings settings;
  settings.path = options.uri.substr(kSqlite.size());
  if (options.max_time.count() > 0) settings.statement_limit = options.max_time;
  return storage::sqlite::open_sqlite(settings);
}

}  // namespace parse::server
