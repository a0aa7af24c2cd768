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

BOOST_AUTO_TEST_CASE(encoding_is_that_of_rfc_4648) {
  BOOST_TEST(parse::crypto::encode_base64("") == "");
  BOOST_TEST(parse::crypto::encode_base64("f") == "Zg==");
  BOOST_TEST(parse::crypto::encode_base64("fo") == "Zm8=");
  BOOST_TEST(parse::crypto::encode_base64("foobar") == "Zm9vYmFy");
  BOOST_TEST(parse::crypto::encode_base64("\xff\xfe") == "//4=");
}

BOOST_AUTO_TEST_CASE(the_form_of_tokens_is_read_strictly) {
  BOOST_TEST(*parse::crypto::decode_base64url("__4") == "\xff\xfe");
  BOOST_TEST(*parse::crypto::decode_base64url("") == "");
  for (const char* text : {"//4", "__4=", "_", "__5", "a b"}) {
    BOOST_TEST(!parse::crypto::decode_base64url(text).has_value(), text);
  }
}

BOOST_AUTO_TEST_CASE(base32_is_read_in_either_case_with_padding_or_without) {
  BOOST_TEST(*parse::crypto::decode_base32("MZXW6YTBOI======") == "foobar");
  BOOST_TEST(*parse::crypto::decode_base32("mzxw 6ytb oi") == "foobar");
  for (const char* text : {"", "=", "A", "MZ1W", "MZ-W"}) {
    BOOST_TEST(!parse::crypto::decode_base32(text).has_value(), text);
  }
}

BOOST_AUTO_TEST_SUITE_END()
