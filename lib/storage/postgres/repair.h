#pragma once

#include "storage/postgres/connection.h"

namespace parse::storage::postgres {

/// Makes the tables, columns and join tables that "_SCHEMA" names and the database has not, as it may be in old ones:
/// the Node server reads them as empty and makes them on the first write. What cannot be made is told in the log.
void make_missing_columns(Connection& connection);

}  // namespace parse::storage::postgres
