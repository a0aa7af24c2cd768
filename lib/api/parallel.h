#pragma once

#include <cstddef>
#include <functional>

#include "base/worker_pool.h"

namespace parse::api {

/// Calls `work(0) … work(count - 1)`, some of them on other threads of `pool`, and returns when all are done. The
/// caller takes part, so that it ends even when the pool has no thread to spare. `work` must not throw.
void for_each_in_parallel(WorkerPool& pool, std::size_t count, const std::function<void(std::size_t)>& work);

}  // namespace parse::api
