#include "cloud/schedule.h"

#include <fmt/format.h>

#include <boost/test/unit_test.hpp>

#include "base/error.h"
#include "object/json.h"

namespace {

using namespace parse;
using namespace parse::cloud;

Milliseconds at(std::string_view iso) {
  const auto time = parse_iso_date(iso);
  BOOST_REQUIRE_MESSAGE(time, iso);
  return *time;
}

Schedule of(const std::string& json) { return read_schedule(object::parse_json(json).as<object::Object>()); }

std::string shown(std::optional<Milliseconds> time) { return time ? to_iso_date(*time) : "never"; }

/// The next `count` runs from `now` on.
std::vector<std::string> runs(const Schedule& schedule, std::string_view now, int count) {
  std::vector<std::string> found;
  auto time = next_due(schedule, at(now));
  for (; time && count > 0; --count, time = next_due(schedule, *time)) found.push_back(to_iso_date(*time));
  return found;
}

using Runs = std::vector<std::string>;

}  // namespace

BOOST_AUTO_TEST_SUITE(schedule)

// What the dashboard sends for "every day at 16:00 UTC".
BOOST_AUTO_TEST_CASE(a_daily_job_runs_at_its_time_of_day) {
  const auto daily = of(R"({"startAfter":"2026-03-10T17:00:00.000Z","daysOfWeek":[1,1,1,1,1,1,1],)"
                        R"("timeOfDay":"16:00:00.000Z","repeatMinutes":1440})");
  BOOST_TEST(runs(daily, "2026-03-10T00:00:00Z", 2) == (Runs{"2026-03-11T16:00:00.000Z", "2026-03-12T16:00:00.000Z"}));
  BOOST_TEST(shown(last_due(daily, at("2026-03-11T15:59:59.999Z"))) == "never");
  BOOST_TEST(shown(last_due(daily, at("2026-03-11T16:00:00Z"))) == "2026-03-11T16:00:00.000Z");
}

BOOST_AUTO_TEST_CASE(an_interval_begins_anew_each_day_at_its_time_of_day) {
  const auto often = of(R"({"startAfter":"2026-03-10T00:00:00Z","timeOfDay":"20:15:00.000Z","repeatMinutes":100})");
  BOOST_TEST(runs(often, "2026-03-10T12:00:00Z", 4) == (Runs{"2026-03-10T20:15:00.000Z", "2026-03-10T21:55:00.000Z",
                                                             "2026-03-10T23:35:00.000Z", "2026-03-11T20:15:00.000Z"}));
  BOOST_TEST(shown(last_due(often, at("2026-03-11T20:14:00Z"))) == "2026-03-10T23:35:00.000Z");
}

BOOST_AUTO_TEST_CASE(the_first_day_of_an_interval_begins_after_its_start) {
  const auto often = of(R"({"startAfter":"2026-03-10T14:07:00Z","timeOfDay":"12:00:00.000Z","repeatMinutes":15})");
  BOOST_TEST(runs(often, "2026-03-01T00:00:00Z", 2) == (Runs{"2026-03-10T14:15:00.000Z", "2026-03-10T14:30:00.000Z"}));
  BOOST_TEST(shown(last_due(often, at("2026-03-10T14:14:00Z"))) == "never");
}

BOOST_AUTO_TEST_CASE(without_a_time_of_day_the_runs_follow_the_start) {
  const auto often = of(R"({"startAfter":"2026-03-10T23:50:30Z","repeatMinutes":15})");
  BOOST_TEST(runs(often, "2026-03-10T00:00:00Z", 3) ==
             (Runs{"2026-03-10T23:50:30.000Z", "2026-03-11T00:05:30.000Z", "2026-03-11T00:20:30.000Z"}));
}

// 2026-03-14 is a Saturday.
BOOST_AUTO_TEST_CASE(days_are_counted_from_monday) {
  const auto weekend = of(R"({"startAfter":"2026-03-10T00:00:00Z","daysOfWeek":[0,0,0,0,0,1,1],)"
                          R"("timeOfDay":"08:00","repeatMinutes":1440})");
  BOOST_TEST(runs(weekend, "2026-03-10T00:00:00Z", 3) ==
             (Runs{"2026-03-14T08:00:00.000Z", "2026-03-15T08:00:00.000Z", "2026-03-21T08:00:00.000Z"}));
  const auto mondays = of(R"({"startAfter":"2026-03-10T00:00:00Z","daysOfWeek":["1","0","0","0","0","0","0"],)"
                          R"("timeOfDay":"08:00","repeatMinutes":720})");
  BOOST_TEST(runs(mondays, "2026-03-10T00:00:00Z", 3) ==
             (Runs{"2026-03-16T08:00:00.000Z", "2026-03-16T20:00:00.000Z", "2026-03-23T08:00:00.000Z"}));
  BOOST_TEST(shown(last_due(mondays, at("2026-03-22T23:00:00Z"))) == "2026-03-16T20:00:00.000Z");
}

BOOST_AUTO_TEST_CASE(a_job_on_no_day_never_runs) {
  for (const char* rest :
       {R"("repeatMinutes":1)", R"("repeatMinutes":1440)", R"("timeOfDay":"08:00","repeatMinutes":60)"}) {
    const auto none =
        of(fmt::format(R"({{"startAfter":"2026-03-10T00:00:00Z","daysOfWeek":[0,0,0,0,0,0,0],{}}})", rest));
    BOOST_TEST(shown(next_due(none, at("2026-03-11T00:00:00Z"))) == "never");
    BOOST_TEST(shown(last_due(none, at("2026-04-11T00:00:00Z"))) == "never");
  }
}

BOOST_AUTO_TEST_CASE(more_than_a_day_between_runs_is_counted_from_the_first) {
  const auto weekly = of(R"({"startAfter":"2026-03-10T12:00:00Z","timeOfDay":"08:00","repeatMinutes":10080})");
  BOOST_TEST(runs(weekly, "2026-03-10T00:00:00Z", 2) == (Runs{"2026-03-11T08:00:00.000Z", "2026-03-18T08:00:00.000Z"}));
  BOOST_TEST(shown(last_due(weekly, at("2026-03-18T07:00:00Z"))) == "2026-03-11T08:00:00.000Z");
}

BOOST_AUTO_TEST_CASE(a_job_that_is_not_repeated_runs_once) {
  const auto once = of(R"({"startAfter":"2026-03-10T12:00:00.123Z","daysOfWeek":[1,1,1,1,1,1,1]})");
  BOOST_TEST(runs(once, "2026-03-10T00:00:00Z", 5) == Runs{"2026-03-10T12:00:00.123Z"});
  const Milliseconds start = at("2026-03-10T12:00:00.123Z");
  BOOST_TEST(shown(due_run(once, std::nullopt, start - 1)) == "never");
  BOOST_TEST(shown(due_run(once, std::nullopt, start + 5000)) == "2026-03-10T12:00:00.123Z");
  BOOST_TEST(shown(due_run(once, start, start + 5000)) == "never");
  // A schedule that got a new start runs again.
  BOOST_TEST(shown(due_run(once, start - 1, start)) == "2026-03-10T12:00:00.123Z");
}

// UTC: the clocks of Europe go forward in the night to 2026-03-29, those here do not.
BOOST_AUTO_TEST_CASE(daylight_saving_moves_nothing) {
  const auto often = of(R"({"startAfter":"2026-03-01T00:00:00Z","timeOfDay":"00:30","repeatMinutes":60})");
  BOOST_TEST(runs(often, "2026-03-29T00:00:00Z", 100).size() == 100u);
  BOOST_TEST(runs(often, "2026-03-29T00:00:00Z", 25).back() == "2026-03-30T00:30:00.000Z");
}

BOOST_AUTO_TEST_CASE(missed_runs_are_one_run) {
  const auto often = of(R"({"startAfter":"2026-03-01T00:00:00Z","timeOfDay":"00:00","repeatMinutes":5})");
  const Milliseconds last = at("2026-03-10T10:00:00Z");
  const auto due = due_run(often, last, at("2026-03-10T12:03:00Z"));
  BOOST_TEST(shown(due) == "2026-03-10T12:00:00.000Z");
  BOOST_TEST(shown(due_run(often, due, at("2026-03-10T12:04:59Z"))) == "never");
  BOOST_TEST(shown(due_run(often, due, at("2026-03-10T12:05:00Z"))) == "2026-03-10T12:05:00.000Z");
}

BOOST_AUTO_TEST_CASE(what_was_due_more_than_a_week_ago_is_forgotten) {
  const auto once = of(R"({"startAfter":"2026-03-10T12:00:00Z"})");
  BOOST_TEST(shown(due_run(once, std::nullopt, at("2026-03-17T12:00:00Z"))) == "2026-03-10T12:00:00.000Z");
  BOOST_TEST(shown(due_run(once, std::nullopt, at("2026-03-17T12:00:01Z"))) == "never");
}

// A clock that is set, day by day through a year: each run is found once, in order, and `last_due` agrees.
BOOST_AUTO_TEST_CASE(looking_often_or_seldom_finds_the_same_runs) {
  for (const char* rest : {R"("timeOfDay":"22:10","repeatMinutes":25)", R"("repeatMinutes":1500)",
                           R"("timeOfDay":"06:00","repeatMinutes":2880)"}) {
    const auto schedule =
        of(fmt::format(R"({{"startAfter":"2026-01-05T10:00:00Z","daysOfWeek":[1,1,0,1,0,1,1],{}}})", rest));
    std::vector<Milliseconds> planned;
    for (auto time = next_due(schedule, at("2026-01-01T00:00:00Z")); time && *time < at("2026-03-01T00:00:00Z");
         time = next_due(schedule, *time))
      planned.push_back(*time);
    std::vector<Milliseconds> found;
    std::optional<Milliseconds> last;
    for (Milliseconds now = at("2026-01-01T00:00:00Z"); now < at("2026-03-01T00:00:00Z"); now += 5 * 60'000) {
      if (const auto due = due_run(schedule, last, now)) found.push_back(*(last = due));
    }
    BOOST_TEST(planned.size() > 10u);
    BOOST_TEST(found == planned, boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(times_of_day_may_have_a_zone) {
  BOOST_TEST(*parse_time_of_day("16:00:00.000Z") == 16 * 3'600'000);
  BOOST_TEST(*parse_time_of_day("16:00:30") == 16 * 3'600'000 + 30'000);
  BOOST_TEST(*parse_time_of_day("01:30:00+02:00") == 23 * 3'600'000 + 1'800'000);
  for (const char* bad : {"", "4", "16", "24:30", "16:60", "noon", "16:00:00 noon", "2026-01-01T00:00Z", "-1:00"})
    BOOST_TEST(!parse_time_of_day(bad), bad);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_is_named) {
  const auto names = [](std::string field) {
    return [field](const Error& error) {
      return error.code() == ErrorCode::kInvalidValue && error.message().starts_with(field + " of the schedule");
    };
  };
  for (const char* start : {R"("soon")", R"("+275760-09-13T00:00:00.000Z")", R"("-000001-01-01T00:00:00Z")", "5", "{}"})
    BOOST_CHECK_EXCEPTION(of(fmt::format(R"({{"startAfter":{}}})", start)), Error, names("startAfter"));
  for (const char* days : {R"("Monday")", "[1]", "[1,1,1,1,1,1,1,1]"})
    BOOST_CHECK_EXCEPTION(of(fmt::format(R"({{"daysOfWeek":{}}})", days)), Error, names("daysOfWeek"));
  for (const char* repeat : {"-1", "1.5", "1e300", R"("5")", "[]"})
    BOOST_CHECK_EXCEPTION(of(fmt::format(R"({{"repeatMinutes":{}}})", repeat)), Error, names("repeatMinutes"));
  BOOST_CHECK_EXCEPTION(of(R"({"timeOfDay":"noon"})"), Error, names("timeOfDay"));
}

BOOST_AUTO_TEST_SUITE_END()
