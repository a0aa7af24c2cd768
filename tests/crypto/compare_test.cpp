#include "crypto/compare.h"

#include <boost/test/unit_test.hpp>

using parse::crypto::equal_secrets;

BOOST_AUTO_TEST_SUITE(compare)

BOOST_AUTO_TEST_CASE(equal_secrets_are_equal) { BOOST_TEST(equal_secrets("master", "master")); }
BOOST_AUTO_TEST_CASE(a_prefix_is_not_equal) { BOOST_TEST(!equal_secrets("mast", "master")); }
BOOST_AUTO_TEST_CASE(a_longer_secret_is_not_equal) { BOOST_TEST(!equal_secrets("master2", "master")); }
BOOST_AUTO_TEST_CASE(an_empty_secret_equals_only_an_empty_one) {
  BOOST_TEST(equal_secrets("", ""));
  BOOST_TEST(!equal_secrets("", "x"));
}

BOOST_AUTO_TEST_SUITE_END()
