#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/iso_date.h"
#include "object/value.h"

namespace parse::cloud {

/// When a scheduled job runs. All of it is UTC, as the dashboard says: no daylight saving, every day has 24 hours.
struct Schedule {
  /// Not before; of a job that runs once, the moment.
  Milliseconds start_after = 0;
  /// Since midnight: when the runs of a day begin. Absent: they follow `start_after`, whatever the day.
  std::optional<Milliseconds> time_of_day = std::nullopt;
  /// On which days it runs, Monday first.
  std::array<bool, 7> days = {true, true, true, true, true, true, true};
  /// 0: it runs once.
  std::int64_t repeat_minutes = 0;
};

/// "16:00", "16:00:30", "16:00:00.000Z", "16:00:00+02:00": since midnight in UTC. nullopt for anything else.
std::optional<Milliseconds> parse_time_of_day(std::string_view text);

/// Reads a row of _JobSchedule: `startAfter` (ISO text; absent: as soon as it is seen), `timeOfDay` (see above),
/// `daysOfWeek` (seven of 0/1, "0"/"1" or false/true, Monday first; absent or empty: every day), `repeatMinutes`.
/// Throws Error kInvalidValue (162) saying what cannot be read. Source: what the dashboard writes (JobEdit); REST spec,
/// "System classes".
Schedule read_schedule(const object::Object& row);

/// The latest moment at or before `now` at which the job should run. nullopt: there is none.
/// A repeated job runs at `time_of_day` and every `repeat_minutes` after that until the day ends; with a day or more
/// between runs they are counted from the first one. Days that are not chosen are left out.
std::optional<Milliseconds> last_due(const Schedule& schedule, Milliseconds now);
/// The first such moment after `now`. nullopt: there is none.
std::optional<Milliseconds> next_due(const Schedule& schedule, Milliseconds now);

/// A run that is missed by more is not made up for: such a schedule was kept by somebody else, or long forgotten.
inline constexpr Milliseconds kLongestDelay = 7 * 86'400'000LL;

/// The run that is due and has not been begun; `last_run` is the one begun last. However many were missed, it is one.
std::optional<Milliseconds> due_run(const Schedule& schedule, std::optional<Milliseconds> last_run, Milliseconds now);

}  // namespace parse::cloud
