#include "backup/retention.h"

#include <boost/test/unit_test.hpp>

using namespace parse;

namespace {

constexpr Milliseconds kDay = 24 * 60 * 60 * 1000;

backup::Snapshot made_at(const std::string& time, const std::string& source = "/a.db") {
  backup::Snapshot snapshot;
  snapshot.time = *parse_iso_date(time);
  snapshot.id = time;
  snapshot.source = source;
  return snapshot;
}

using Ids = std::set<std::string>;

}  // namespace

BOOST_AUTO_TEST_SUITE(retention)

BOOST_AUTO_TEST_CASE(the_last_ones_stay_whatever_their_order) {
  const std::vector snapshots = {made_at("2026-01-03"), made_at("2026-01-01"), made_at("2026-01-02")};
  BOOST_CHECK(backup::kept(snapshots, {.last = 2}) == Ids({"2026-01-02", "2026-01-03"}));
  BOOST_CHECK_EQUAL(backup::kept(snapshots, {.last = 9}).size(), 3);
}

BOOST_AUTO_TEST_CASE(without_a_rule_none_stays) { BOOST_CHECK(backup::kept({made_at("2026-01-03")}, {}).empty()); }

BOOST_AUTO_TEST_CASE(the_newest_of_each_day_stays_and_days_without_backups_do_not_count) {
  const std::vector snapshots = {made_at("2026-01-01T01:00:00Z"), made_at("2026-01-05T00:00:00Z"),
                                 made_at("2026-01-05T23:59:59Z"), made_at("2026-01-06T00:00:00Z")};
  BOOST_CHECK(backup::kept(snapshots, {.daily = 2}) == Ids({"2026-01-05T23:59:59Z", "2026-01-06T00:00:00Z"}));
  BOOST_CHECK(backup::kept(snapshots, {.daily = 3}).contains("2026-01-01T01:00:00Z"));
}

BOOST_AUTO_TEST_CASE(weeks_begin_on_monday) {
  // 2026-01-04 was a Sunday.
  const std::vector snapshots = {made_at("2025-12-28T12:00:00Z"), made_at("2025-12-29T00:00:00Z"),
                                 made_at("2026-01-04T23:00:00Z"), made_at("2026-01-05T00:00:00Z")};
  BOOST_CHECK(backup::kept(snapshots, {.weekly = 3}) ==
              Ids({"2025-12-28T12:00:00Z", "2026-01-04T23:00:00Z", "2026-01-05T00:00:00Z"}));
}

BOOST_AUTO_TEST_CASE(months_are_those_of_the_calendar) {
  const std::vector snapshots = {made_at("2025-01-31"), made_at("2025-12-01"), made_at("2025-12-31"),
                                 made_at("2026-01-01")};
  BOOST_CHECK(backup::kept(snapshots, {.monthly = 3}) == Ids({"2025-01-31", "2025-12-31", "2026-01-01"}));
}

BOOST_AUTO_TEST_CASE(a_span_counts_from_the_newest_backup) {
  const std::vector snapshots = {made_at("2020-01-01"), made_at("2020-01-09"), made_at("2020-01-10")};
  BOOST_CHECK(backup::kept(snapshots, {.within = kDay}) == Ids({"2020-01-09", "2020-01-10"}));
}

BOOST_AUTO_TEST_CASE(what_one_rule_keeps_stays) {
  const std::vector snapshots = {made_at("2026-01-01"), made_at("2026-02-01"), made_at("2026-02-02"),
                                 made_at("2026-02-03")};
  BOOST_CHECK(backup::kept(snapshots, {.last = 2, .monthly = 2}) == Ids({"2026-01-01", "2026-02-02", "2026-02-03"}));
}

BOOST_AUTO_TEST_CASE(each_database_is_counted_for_itself) {
  const std::vector snapshots = {made_at("2026-01-01", "/b.db"), made_at("2026-01-02"), made_at("2026-01-03")};
  BOOST_CHECK(backup::kept(snapshots, {.last = 1}) == Ids({"2026-01-01", "2026-01-03"}));
}

BOOST_AUTO_TEST_SUITE_END()
