#pragma once

#include <string_view>

#include "storage/postgres/connection.h"

namespace parse::storage::postgres {

/// Makes others, also on other servers, who lock the same name wait until the caller's transaction ends.
inline void lock_name(Connection& connection, std::string_view name) {
  sql::SqlText sql(sql::Values::kNumbered);
  sql.raw("SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(").bind(name).raw(",0))");
  connection.run(sql);
}

}  // namespace parse::storage::postgres
