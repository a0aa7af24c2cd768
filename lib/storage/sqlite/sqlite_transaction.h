#pragma once

#include <chrono>
#include <memory>

#include "storage/adapter.h"
#include "storage/sqlite/count_cache.h"
#include "storage/sqlite/write_queue.h"

namespace parse::storage::sqlite {

/// Begins a transaction that holds the writer until it ends; other writes wait meanwhile. After `idle_limit` without a
/// call it is rolled back, and its next call throws kTimeout (124).
std::unique_ptr<Transaction> begin_transaction(WriteQueue& queue, CountCache& counts,
                                               std::chrono::milliseconds idle_limit);

}  // namespace parse::storage::sqlite
