#include "storage/postgres/prepare.h"

#include "storage/postgres/functions_sql.h"
#include "storage/postgres/index_ddl.h"
#include "storage/postgres/name_lock.h"
#include "storage/postgres/repair.h"
#include "storage/postgres/transaction_scope.h"

namespace parse::storage::postgres {

void prepare_database(Connection& connection) {
  {
    TransactionScope scope(connection);
    lock_name(connection, "parse database");
    connection.execute(
        "CREATE TABLE IF NOT EXISTS \"_SCHEMA\" (\"className\" varchar(120), \"schema\" jsonb, \"isParseClass\" bool,"
        " PRIMARY KEY (\"className\"))");
    create_functions(connection);
    scope.commit();
  }
  make_missing_columns(connection);
  index_join_tables(connection);
}

}  // namespace parse::storage::postgres
