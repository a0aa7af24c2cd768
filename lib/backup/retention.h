#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "backup/snapshot.h"

namespace parse::backup {

/// Which backups to keep; a backup is kept when one of the rules keeps it. Days, weeks (from Monday) and months are
/// those of UTC.
struct RetentionRules {
  /// The newest ones.
  std::size_t last = 0;
  /// The newest one of each of so many days, weeks and months that have any.
  std::size_t daily = 0;
  std::size_t weekly = 0;
  std::size_t monthly = 0;
  /// All that are no older than this before the newest one: when backups fail for long, none goes for that. Zero: no
  /// such rule.
  Milliseconds within = 0;

  bool is_empty() const { return last == 0 && daily == 0 && weekly == 0 && monthly == 0 && within == 0; }
};

/// The ids of those that the rules keep. The backups of each database are counted for themselves.
std::set<std::string> kept(const std::vector<Snapshot>& snapshots, const RetentionRules& rules);

}  // namespace parse::backup
