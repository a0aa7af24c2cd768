#pragma once

#include <memory>

#include "storage/adapter.h"
#include "storage/postgres/pool.h"

namespace parse::storage::postgres {

/// Begins a transaction on a connection of its own. It sees one snapshot of the database (REPEATABLE READ): a row that
/// somebody else changes meanwhile cannot be written, which is a conflict (251).
std::unique_ptr<Transaction> begin_transaction(Pool& pool);

}  // namespace parse::storage::postgres
