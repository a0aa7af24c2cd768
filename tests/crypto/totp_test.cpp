#include "crypto/totp.h"

#include <boost/test/unit_test.hpp>

using namespace parse::crypto;
using std::chrono::seconds;

namespace {
const std::string kSecret = "12345678901234567890";
}

BOOST_AUTO_TEST_SUITE(totp_passwords)

BOOST_AUTO_TEST_CASE(passwords_are_those_of_rfc_6238) {
  const TotpSettings sha1{.digits = 8};
  BOOST_TEST(totp(sha1, kSecret, seconds(59)) == "94287082");
  BOOST_TEST(totp(sha1, kSecret, seconds(1111111109)) == "07081804");
  BOOST_TEST(totp(sha1, kSecret, seconds(20000000000)) == "65353130");
  const TotpSettings sha256{.digits = 8, .hash = Hash::kSha256};
  BOOST_TEST(totp(sha256, kSecret + "123456789012", seconds(59)) == "46119246");
}

BOOST_AUTO_TEST_CASE(digits_and_period_can_be_chosen) {
  BOOST_TEST(totp({.digits = 4}, kSecret, seconds(59)) == "7082");
  BOOST_TEST(totp({.digits = 10}, kSecret, seconds(59)).size() == 10u);
  BOOST_TEST(totp({.digits = 8, .period = seconds(60)}, kSecret, seconds(119)) == "94287082");
}

BOOST_AUTO_TEST_CASE(a_password_holds_one_period_before_and_after) {
  const TotpSettings settings;
  const std::string password = totp(settings, kSecret, seconds(1000));
  BOOST_TEST(totp_matches(settings, kSecret, password, seconds(1000)));
  BOOST_TEST(totp_matches(settings, kSecret, password, seconds(1030)));
  BOOST_TEST(totp_matches(settings, kSecret, password, seconds(970)));
  BOOST_TEST(!totp_matches(settings, kSecret, password, seconds(1060)));
  BOOST_TEST(!totp_matches(settings, kSecret, password, seconds(930)));
}

BOOST_AUTO_TEST_CASE(other_texts_do_not_match) {
  BOOST_TEST(!totp_matches({}, kSecret, "", seconds(1000)));
  BOOST_TEST(!totp_matches({}, kSecret, "0", seconds(1000)));
}

BOOST_AUTO_TEST_SUITE_END()
