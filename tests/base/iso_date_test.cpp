#include "base/iso_date.h"

#include <boost/test/unit_test.hpp>

using parse::Milliseconds;
using parse::parse_iso_date;
using parse::to_iso_date;

BOOST_AUTO_TEST_SUITE(iso_date)

BOOST_AUTO_TEST_CASE(known_moments_are_written_and_read) {
  const std::pair<Milliseconds, const char*> rows[] = {
      {0, "1970-01-01T00:00:00.000Z"},
      {-1, "1969-12-31T23:59:59.999Z"},
      {1457740308050, "2016-03-11T23:51:48.050Z"},
      {951782400000, "2000-02-29T00:00:00.000Z"},
      {4107542400000, "2100-03-01T00:00:00.000Z"},
      {-62167219200000, "0000-01-01T00:00:00.000Z"},
      {253402300799999, "9999-12-31T23:59:59.999Z"},
      {253402300800000, "+010000-01-01T00:00:00.000Z"},
      {-62167219200001, "-000001-12-31T23:59:59.999Z"},
      {8640000000000000, "+275760-09-13T00:00:00.000Z"},
      {-8640000000000000, "-271821-04-20T00:00:00.000Z"},
  };
  for (const auto& [time, text] : rows) {
    BOOST_TEST(to_iso_date(time) == text);
    BOOST_TEST(parse_iso_date(text).value() == time, text);
  }
}

BOOST_AUTO_TEST_CASE(every_day_of_four_centuries_survives_the_round_trip) {
  constexpr Milliseconds kDay = 86'400'000;
  int wrong = 0;
  for (Milliseconds day = -146'097; day <= 146'097; ++day) {
    const Milliseconds time = day * kDay + 12'345'678;
    if (parse_iso_date(to_iso_date(time)) != time) ++wrong;
  }
  BOOST_TEST(wrong == 0);
}

BOOST_AUTO_TEST_CASE(shorter_forms_and_zones_are_read) {
  const std::pair<const char*, const char*> rows[] = {
      {"2016", "2016-01-01T00:00:00.000Z"},
      {"2016-03", "2016-03-01T00:00:00.000Z"},
      {"2016-03-11", "2016-03-11T00:00:00.000Z"},
      {"2016-03-11T23:51Z", "2016-03-11T23:51:00.000Z"},
      {"2016-03-11T23:51:48", "2016-03-11T23:51:48.000Z"},
      {"2016-03-11T23:51:48.5Z", "2016-03-11T23:51:48.500Z"},
      {"2016-03-11T23:51:48.0509999Z", "2016-03-11T23:51:48.050Z"},
      {"2016-03-11T23:51:48+02:00", "2016-03-11T21:51:48.000Z"},
      {"2016-03-11T23:51:48-0130", "2016-03-12T01:21:48.000Z"},
      {"2016-03-11T24:00:00Z", "2016-03-12T00:00:00.000Z"},
      {"2016-03-11 23:51:48Z", "2016-03-11T23:51:48.000Z"},
  };
  for (const auto& [text, expected] : rows) {
    const auto time = parse_iso_date(text);
    BOOST_REQUIRE_MESSAGE(time.has_value(), text);
    BOOST_TEST(to_iso_date(*time) == expected, text);
  }
}

BOOST_AUTO_TEST_CASE(leap_days_exist_only_in_leap_years) {
  for (const char* text : {"2000-02-29", "2016-02-29", "2400-02-29"})
    BOOST_TEST(parse_iso_date(text).has_value(), text);
  for (const char* text : {"1900-02-29", "2015-02-29", "2100-02-29"})
    BOOST_TEST(!parse_iso_date(text).has_value(), text);
}

BOOST_AUTO_TEST_CASE(bad_forms_are_refused) {
  for (const char* text : {"",
                           "x",
                           "20",
                           "2016-",
                           "2016-1-1",
                           "2016-13-01",
                           "2016-00-01",
                           "2016-01-00",
                           "2016-04-31",
                           "2016-03-11T",
                           "2016-03-11T25:00Z",
                           "2016-03-11T24:00:01Z",
                           "2016-03-11T23:60Z",
                           "2016-03-11T23:51:60Z",
                           "2016-03-11T23",
                           "2016-03-11T23:51:48.Z",
                           "2016-03-11T23:51:48ZZ",
                           "2016-03-11T23:51:48+24:00",
                           "2016-03-11T23:51:48+2",
                           "2016-03-11x",
                           "+02016-01-01",
                           "-000000-01-01",
                           "+275760-09-13T00:00:00.001Z",
                           "+999999-01-01",
                           "-271821-04-19T23:59:59.999Z",
                           " 2016-03-11",
                           "2016-03-11 "})
    BOOST_TEST(!parse_iso_date(text).has_value(), text);
}

BOOST_AUTO_TEST_SUITE_END()
