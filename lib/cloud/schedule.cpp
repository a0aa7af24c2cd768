#include "cloud/schedule.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"

namespace parse::cloud {
namespace {

using object::Value;

constexpr Milliseconds kMinute = 60'000;
constexpr Milliseconds kDay = 24 * 60 * kMinute;
/// A year; a job that pauses longer is meant to run once.
constexpr std::int64_t kLongestRepeat = 366LL * 24 * 60;
/// 9999-12-31T00:00:00Z: no sum of times overflows.
constexpr Milliseconds kLastStart = 253'402'214'400'000;

[[noreturn]] void refuse(std::string_view field) {
  throw Error(ErrorCode::kInvalidValue, fmt::format("{} of the schedule cannot be read", field));
}

Milliseconds floor_to(Milliseconds time, Milliseconds step) {
  const Milliseconds rest = time % step;
  return rest < 0 ? time - rest - step : time - rest;
}

/// Monday is 0. The first of January 1970 was a Thursday.
std::size_t day_of_week(Milliseconds time) {
  constexpr Milliseconds kThursday = 3;
  const Milliseconds days = floor_to(time, kDay) / kDay;
  return static_cast<std::size_t>(((days + kThursday) % 7 + 7) % 7);
}

bool is_allowed(const Schedule& schedule, Milliseconds time) { return schedule.days[day_of_week(time)]; }

/// The first run of those that follow one another without regard to days.
Milliseconds first_run(const Schedule& schedule) {
  if (!schedule.time_of_day) return schedule.start_after;
  const Milliseconds same_day = floor_to(schedule.start_after, kDay) + *schedule.time_of_day;
  return same_day >= schedule.start_after ? same_day : same_day + kDay;
}

/// More than once a day: every day begins anew at the time of day.
bool begins_daily(const Schedule& schedule) { return schedule.time_of_day && schedule.repeat_minutes * kMinute < kDay; }

/// The latest run of the day that begins at `midnight`, at or before `now`.
std::optional<Milliseconds> last_of_day(const Schedule& schedule, Milliseconds midnight, Milliseconds now) {
  const Milliseconds until = std::min(now, midnight + kDay - 1);
  const Milliseconds first = midnight + *schedule.time_of_day;
  if (until < first || !is_allowed(schedule, midnight)) return std::nullopt;
  const Milliseconds last = first + floor_to(until - first, schedule.repeat_minutes * kMinute);
  return last >= schedule.start_after ? std::optional(last) : std::nullopt;
}

/// The first run of that day after `now`.
std::optional<Milliseconds> first_of_day(const Schedule& schedule, Milliseconds midnight, Milliseconds now) {
  if (!is_allowed(schedule, midnight)) return std::nullopt;
  const Milliseconds first = midnight + *schedule.time_of_day;
  const Milliseconds after = std::max(now, schedule.start_after - 1);
  const Milliseconds step = schedule.repeat_minutes * kMinute;
  const Milliseconds found = after < first ? first : first + floor_to(after - first, step) + step;
  return found < midnight + kDay ? std::optional(found) : std::nullopt;
}

/// Whatever the step is, its runs come back to the same minutes of the week after so many: a day that none of them hits
/// is never hit.
constexpr int kMostSteps = 7 * 24 * 60;

std::optional<Milliseconds> allowed_from(const Schedule& schedule, Milliseconds time, Milliseconds step) {
  for (int i = 0; i < kMostSteps; ++i, time += step) {
    if (time < schedule.start_after) return std::nullopt;
    if (is_allowed(schedule, time)) return time;
  }
  return std::nullopt;
}

const std::string* text_of(const object::Object& row, std::string_view field) {
  const Value* value = row.find(field);
  if (value == nullptr || value->is_null()) return nullptr;
  const std::string* text = value->get_if<std::string>();
  if (text == nullptr) refuse(field);
  return text->empty() ? nullptr : text;
}

bool is_chosen(const Value& day) {
  if (const std::string* text = day.get_if<std::string>()) return *text != "0" && *text != "false" && !text->empty();
  return day.truthy();
}

void read_days(const object::Object& row, Schedule& schedule) {
  const Value* value = row.find("daysOfWeek");
  if (value == nullptr || value->is_null()) return;
  const object::Array* days = value->get_if<object::Array>();
  if (days == nullptr || (!days->empty() && days->size() != schedule.days.size())) refuse("daysOfWeek");
  std::transform(days->begin(), days->end(), schedule.days.begin(), is_chosen);
}

std::int64_t read_repeat(const object::Object& row) {
  const Value* value = row.find("repeatMinutes");
  if (value == nullptr || value->is_null()) return 0;
  if (!value->is_number()) refuse("repeatMinutes");
  const double minutes = value->number();
  if (!(minutes >= 0) || minutes > static_cast<double>(kLongestRepeat) || minutes != std::floor(minutes))
    refuse("repeatMinutes");
  return static_cast<std::int64_t>(minutes);
}

}  // namespace

std::optional<Milliseconds> parse_time_of_day(std::string_view text) {
  const auto moment = parse_iso_date("1970-01-02T" + std::string(text));
  // What is left out after the minutes or seconds is zero; no zone means UTC.
  if (text.size() < 5 || text.size() > 20 || !moment) return std::nullopt;
  return *moment - floor_to(*moment, kDay);
}

Schedule read_schedule(const object::Object& row) {
  Schedule schedule;
  if (const std::string* text = text_of(row, "startAfter")) {
    const auto start = parse_iso_date(*text);
    if (!start || *start < 0 || *start > kLastStart) refuse("startAfter");
    schedule.start_after = *start;
  }
  if (const std::string* text = text_of(row, "timeOfDay")) {
    schedule.time_of_day = parse_time_of_day(*text);
    if (!schedule.time_of_day) refuse("timeOfDay");
  }
  read_days(row, schedule);
  schedule.repeat_minutes = read_repeat(row);
  return schedule;
}

std::optional<Milliseconds> last_due(const Schedule& schedule, Milliseconds now) {
  if (now < schedule.start_after) return std::nullopt;
  if (schedule.repeat_minutes == 0) return schedule.start_after;
  if (begins_daily(schedule)) {
    Milliseconds midnight = floor_to(now, kDay);
    for (int i = 0; i <= 7; ++i, midnight -= kDay) {
      if (const auto found = last_of_day(schedule, midnight, now)) return found;
    }
    return std::nullopt;
  }
  const Milliseconds first = first_run(schedule);
  if (now < first) return std::nullopt;
  const Milliseconds step = schedule.repeat_minutes * kMinute;
  return allowed_from(schedule, first + floor_to(now - first, step), -step);
}

std::optional<Milliseconds> next_due(const Schedule& schedule, Milliseconds now) {
  if (schedule.repeat_minutes == 0)
    return now < schedule.start_after ? std::optional(schedule.start_after) : std::nullopt;
  if (begins_daily(schedule)) {
    Milliseconds midnight = floor_to(std::max(now, schedule.start_after), kDay);
    for (int i = 0; i <= 7; ++i, midnight += kDay) {
      if (const auto found = first_of_day(schedule, midnight, now)) return found;
    }
    return std::nullopt;
  }
  const Milliseconds first = first_run(schedule);
  const Milliseconds step = schedule.repeat_minutes * kMinute;
  return allowed_from(schedule, now < first ? first : first + floor_to(now - first, step) + step, step);
}

std::optional<Milliseconds> due_run(const Schedule& schedule, std::optional<Milliseconds> last_run, Milliseconds now) {
  const auto due = last_due(schedule, now);
  if (!due || now - *due > kLongestDelay) return std::nullopt;
  return !last_run || *due > *last_run ? due : std::nullopt;
}

}  // namespace parse::cloud
