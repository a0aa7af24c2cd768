#pragma once

#include "storage/postgres/connection.h"

namespace parse::storage::postgres {

/// Makes what a database must have before the first class: the table "_SCHEMA" and the SQL functions. Nothing that is
/// there is touched. Several servers may start at once.
void prepare_database(Connection& connection);

}  // namespace parse::storage::postgres
