#include "storage/postgres/prepare.h"

#include "storage/postgres/ddl_transaction.h"
#include "storage/postgres/functions_sql.h"

namespace parse::storage::postgres {

void prepare_database(Connection& connection) {
  in_transaction(connection, [&] {
    lock_name(connection, "parse database");
    connection.execute(
        "CREATE TABLE IF NOT EXISTS \"_SCHEMA\" (\"className\" varchar(120), \"schema\" jsonb, \"isParseClass\" bool,"
        " PRIMARY KEY (\"className\"))");
    create_functions(connection);
  });
}

}  // namespace parse::storage::postgres
