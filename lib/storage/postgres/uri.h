#pragma once

#include <string>
#include <string_view>

#include "storage/postgres/pool.h"

namespace parse::storage::postgres {

/// True for `postgres://` and `postgresql://`.
bool is_postgres_uri(std::string_view uri);

/// Puts what the URI says into `settings`: libpq's own parameters, by any of their names, and those that the Node
/// server knows: `ssl`, `ca`, `cert`, `key`, `passphrase`, `rejectUnauthorized`, `poolSize` or `max`,
/// `idleTimeoutMillis`, `keepAlive`, `query_timeout` (ms), `client_encoding` (UTF8 only) and `binary` (we always are).
/// Throws kInternal (1) that names the parameter for one it does not know or cannot follow. Source: parse-server
/// PostgresConfigParser; PostgreSQL manual, "Connection URIs".
void read_uri(const std::string& uri, PoolSettings& settings, std::chrono::milliseconds& statement_limit);

}  // namespace parse::storage::postgres
