#include "crypto/random.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cctype>
#include <set>

BOOST_AUTO_TEST_SUITE(random_text)

BOOST_AUTO_TEST_CASE(object_ids_have_the_asked_length_and_only_letters_and_digits) {
  const std::string id = parse::crypto::new_object_id(10);
  BOOST_TEST(id.size() == 10U);
  BOOST_TEST(std::all_of(id.begin(), id.end(), [](unsigned char c) { return std::isalnum(c) != 0; }));
}

BOOST_AUTO_TEST_CASE(ten_thousand_object_ids_are_all_different) {
  std::set<std::string> ids;
  for (int i = 0; i < 10'000; ++i) ids.insert(parse::crypto::new_object_id());
  BOOST_TEST(ids.size() == 10'000U);
}

BOOST_AUTO_TEST_CASE(hex_has_two_digits_for_each_byte) { BOOST_TEST(parse::crypto::random_hex(16).size() == 32U); }

BOOST_AUTO_TEST_SUITE_END()
