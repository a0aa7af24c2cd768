#pragma once

#include <string_view>

#include "storage/postgres/connection.h"

namespace parse::storage::postgres {

/// Runs `body()` between BEGIN and COMMIT; rolls back when it throws.
template <typename Body>
void in_transaction(Connection& connection, const Body& body) {
  connection.execute("BEGIN");
  try {
    body();
    connection.execute("COMMIT");
  } catch (...) {
    // A lost connection has rolled back by itself.
    if (connection.is_in_transaction()) connection.execute("ROLLBACK");
    throw;
  }
}

/// Makes others who lock the same name wait until the transaction ends.
inline void lock_name(Connection& connection, std::string_view name) {
  sql::SqlText sql(sql::Values::kNumbered);
  sql.raw("SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(").bind(name).raw(",0))");
  connection.run(sql);
}

}  // namespace parse::storage::postgres
