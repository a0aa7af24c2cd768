#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "storage/adapter.h"

namespace parse::storage::postgres {

struct PostgresSettings {
  /// `postgres://user:password@host:port/database?…`; see read_uri.
  std::string uri;
  /// URIs of copies of the database that answer reads which prefer them.
  std::vector<std::string> replicas = {};
  /// Longest time one statement may run; zero means no limit. The URI's query_timeout goes before it.
  std::chrono::milliseconds statement_limit{30000};
  /// Overrides the URI's.
  std::optional<std::size_t> max_connections = std::nullopt;
  /// A transaction that does nothing for this long is ended by the database.
  std::chrono::milliseconds transaction_idle_limit{30000};
  /// Make an index on a field whose finds read the whole table again and again; see AutoIndex.
  bool has_auto_indexes = true;
};

/// Opens the database and makes what is missing in it. Throws Disconnected (its message says what to do) when it cannot
/// be reached now, kInternal (1) for what another try cannot mend.
std::unique_ptr<storage::Adapter> open_postgres(const PostgresSettings& settings);

}  // namespace parse::storage::postgres
