#pragma once

#include "storage/postgres/connection.h"

namespace parse::storage::postgres {

/// Makes what a database must have: the table "_SCHEMA", the SQL functions, what the classes of old databases lack, and
/// the indexes of join tables. Nothing that is there is touched. Several servers may start at once.
void prepare_database(Connection& connection);

}  // namespace parse::storage::postgres
