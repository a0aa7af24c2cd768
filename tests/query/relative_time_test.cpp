#include "query/relative_time.h"

#include "support.h"

using parse::ErrorCode;
using parse::query::parse_relative_time;

namespace {
constexpr parse::Milliseconds kNow = parse::query::test::kNow;
constexpr parse::Milliseconds kSecond = 1000;
constexpr parse::Milliseconds kHour = 3600 * kSecond;
constexpr parse::Milliseconds kDay = 24 * kHour;
}  // namespace

BOOST_AUTO_TEST_SUITE(relative_time)

BOOST_AUTO_TEST_CASE(every_unit_has_its_length) {
  const std::pair<const char*, parse::Milliseconds> rows[] = {
      {"in 1 yr", 365 * kDay},       {"in 2 years", 730 * kDay}, {"in 1 wk", 7 * kDay},
      {"in 3 weeks", 21 * kDay},     {"in 1 d", kDay},           {"in 1 days", kDay},
      {"in 2 hrs", 2 * kHour},       {"in 1 hour", kHour},       {"in 5 mins", 300 * kSecond},
      {"in 1 minute", 60 * kSecond}, {"in 9 secs", 9 * kSecond}, {"in 1 second", kSecond},
  };
  for (const auto& [text, distance] : rows) BOOST_TEST(parse_relative_time(text, kNow) == kNow + distance, text);
}

BOOST_AUTO_TEST_CASE(ago_goes_back_and_parts_add_up) {
  BOOST_TEST(parse_relative_time("1 day 2 hrs ago", kNow) == kNow - kDay - 2 * kHour);
  BOOST_TEST(parse_relative_time("  3   DAYS Ago ", kNow) == kNow - 3 * kDay);
}

BOOST_AUTO_TEST_CASE(now_and_bare_words_are_now) {
  for (const char* text : {"now", "NOW", "in", "ago"}) BOOST_TEST(parse_relative_time(text, kNow) == kNow, text);
}

BOOST_AUTO_TEST_CASE(malformed_times_say_what_is_wrong) {
  const std::pair<const char*, const char*> rows[] = {
      {"", "bad $relativeTime () value. Time should either start with 'in' or end with 'ago'"},
      {"3 days", "bad $relativeTime (3 days) value. Time should either start with 'in' or end with 'ago'"},
      {"in 3 days ago", "bad $relativeTime (in 3 days ago) value. Time cannot have both 'in' and 'ago'"},
      {"in three days", "bad $relativeTime (in three days) value. 'three' is not an integer."},
      {"in 3.5 days", "bad $relativeTime (in 3.5 days) value. '3.5' is not an integer."},
      {"in 3", "bad $relativeTime (in 3) value. Invalid time string. Dangling unit or number."},
      {"1 month ago", "bad $relativeTime (1 month ago) value. Invalid interval: 'month'"},
      {"in 1e300 years", "bad $relativeTime (in 1e300 years) value. Time is out of range."},
  };
  for (const auto& [text, message] : rows)
    parse::query::test::check_error([&] { parse_relative_time(text, kNow); }, ErrorCode::kInvalidJson, message);
}

BOOST_AUTO_TEST_SUITE_END()
