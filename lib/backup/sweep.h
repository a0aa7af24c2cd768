#pragma once

#include "backup/between.h"
#include "backup/repository.h"

namespace parse::backup {

/// What was removed, or would be.
struct Swept {
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;
};

/// Removes the chunks and dumps that none of `snapshots`, which are all there are, needs, and what interrupted work
/// left. The caller holds the lock for a sweep; `between` may throw to end it early, which leaves a good folder.
/// `is_dry`: only counts.
Swept sweep(const Repository& repository, const std::vector<Snapshot>& snapshots, bool is_dry, const Between& between);

}  // namespace parse::backup
