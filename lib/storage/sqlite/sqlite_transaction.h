#pragma once

#include <memory>

#include "storage/adapter.h"
#include "storage/sqlite/write_queue.h"

namespace parse::storage::sqlite {

/// Begins a transaction that holds the writer until it ends; other writes wait meanwhile.
std::unique_ptr<Transaction> begin_transaction(WriteQueue& queue);

}  // namespace parse::storage::sqlite
