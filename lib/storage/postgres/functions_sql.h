#pragma once

#include "storage/postgres/connection.h"

/// SQL functions in the database.
namespace parse::storage::postgres {

/// Makes the functions that the Node server's statements call, as far as they are missing: `json_object_set_key`,
/// `array_add`, `array_add_unique`, `array_remove`, `array_contains`, `array_contains_all`, `array_contains_all_regex`,
/// and `idempotency_delete_expired_records`, for jobs inside the database. Nothing of ours calls them: the Node server
/// puts its own in their place whenever it starts. The caller brings the transaction and a lock against others who do
/// the same.
void create_functions(Connection& connection);

}  // namespace parse::storage::postgres
