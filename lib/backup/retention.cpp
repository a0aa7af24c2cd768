#include "backup/retention.h"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>

namespace parse::backup {
namespace {

constexpr Milliseconds kDay = 24 * 60 * 60 * 1000;

/// Days since 1970, also before it.
std::int64_t day_of(Milliseconds time) { return time >= 0 ? time / kDay : (time + 1) / kDay - 1; }

/// 1970 began on a Thursday.
std::int64_t week_of(Milliseconds time) { return day_of(time - 4 * kDay) / 7; }

std::int64_t month_of(Milliseconds time) {
  const std::string date = to_iso_date(time);
  return std::stoll(date.substr(0, 4)) * 12 + std::stoll(date.substr(5, 2));
}

using NewestFirst = std::vector<const Snapshot*>;

/// The newest one of each of the `most` newest periods.
void keep_periods(const NewestFirst& snapshots, std::size_t most, std::int64_t (*period_of)(Milliseconds),
                  std::set<std::string>& ids) {
  std::optional<std::int64_t> last;
  for (const Snapshot* snapshot : snapshots) {
    const std::int64_t period = period_of(snapshot->time);
    if (last == period) continue;
    if (most-- == 0) return;
    last = period;
    ids.insert(snapshot->id);
  }
}

void keep(NewestFirst snapshots, const RetentionRules& rules, std::set<std::string>& ids) {
  std::ranges::sort(snapshots, std::greater(),
                    [](const Snapshot* snapshot) { return std::pair(snapshot->time, snapshot->id); });
  for (std::size_t i = 0; i < std::min(rules.last, snapshots.size()); ++i) ids.insert(snapshots[i]->id);
  keep_periods(snapshots, rules.daily, day_of, ids);
  keep_periods(snapshots, rules.weekly, week_of, ids);
  keep_periods(snapshots, rules.monthly, month_of, ids);
  if (rules.within == 0) return;
  for (const Snapshot* snapshot : snapshots) {
    if (snapshot->time >= snapshots.front()->time - rules.within) ids.insert(snapshot->id);
  }
}

}  // namespace

std::set<std::string> kept(const std::vector<Snapshot>& snapshots, const RetentionRules& rules) {
  std::map<std::string, NewestFirst> by_source;
  for (const Snapshot& snapshot : snapshots) by_source[snapshot.source].push_back(&snapshot);
  std::set<std::string> ids;
  for (const auto& [source, own] : by_source) keep(own, rules, ids);
  return ids;
}

}  // namespace parse::backup
