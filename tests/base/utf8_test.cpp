#include "base/utf8.h"

#include <boost/test/unit_test.hpp>
#include <string>

using parse::find_invalid_utf8;

BOOST_AUTO_TEST_SUITE(utf8)

BOOST_AUTO_TEST_CASE(every_length_of_sequence_is_valid_up_to_its_bounds) {
  for (const std::string text :
       {"", "plain text of more than one block", "\x7f", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf",
        "\xee\x80\x80", "\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"}) {
    BOOST_TEST(find_invalid_utf8(text) == std::string::npos, text);
    BOOST_TEST(find_invalid_utf8("12345678" + text + "12345678") == std::string::npos, text);
  }
}

BOOST_AUTO_TEST_CASE(what_is_no_sequence_is_found_where_it_begins) {
  for (const std::string bad :
       {"\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80",
        "\xf5\x80\x80\x80", "\xff", "\xe2\x28\xa1", "\xe2\x82(", "\xf0\x9f\x92("}) {
    BOOST_TEST(find_invalid_utf8(bad) == 0U);
    BOOST_TEST(find_invalid_utf8("ab\xc3\xa9" + bad) == 4U);
    BOOST_TEST(find_invalid_utf8("0123456789" + bad + "x") == 10U);
  }
}

BOOST_AUTO_TEST_CASE(a_sequence_cut_off_by_the_end_is_invalid) {
  for (const std::string cut : {"\xc3", "\xe2\x82", "\xf0\x9f\x92"}) BOOST_TEST(find_invalid_utf8("ok" + cut) == 2U);
}

BOOST_AUTO_TEST_SUITE_END()
