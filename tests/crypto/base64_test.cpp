#include "crypto/base64.h"

#include <boost/test/unit_test.hpp>

using parse::crypto::decode_base64;

BOOST_AUTO_TEST_SUITE(base64)

BOOST_AUTO_TEST_CASE(text_with_and_without_padding_decodes) {
  BOOST_TEST(decode_base64("YXBwOmtleQ==") == "app:key");
  BOOST_TEST(decode_base64("YXBwOmtleQ") == "app:key");
}
BOOST_AUTO_TEST_CASE(characters_outside_the_alphabet_are_skipped) {
  BOOST_TEST(decode_base64("YXBw\nOmtl eQ==") == "app:key");
}
BOOST_AUTO_TEST_CASE(the_url_safe_alphabet_is_read_too) { BOOST_TEST(decode_base64("-_8") == decode_base64("+/8=")); }

BOOST_AUTO_TEST_SUITE_END()
