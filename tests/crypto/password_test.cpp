#include "crypto/password.h"

#include <boost/test/unit_test.hpp>

#include "base/error.h"

using parse::crypto::bcrypt_hash;
using parse::crypto::bcrypt_matches;

BOOST_AUTO_TEST_SUITE(password)

// The vectors were made with the npm package bcryptjs 3.0.3.
BOOST_AUTO_TEST_CASE(hashes_of_the_node_server_match) {
  BOOST_TEST(bcrypt_matches("password", "$2b$10$abcdefghijklmnopqrstuu5Lo0g67CiD3M4RpN1BmBb4Crp5w7dbK"));
  BOOST_TEST(bcrypt_matches("password", "$2a$04$abcdefghijklmnopqrstuughE8Ev8uGFaUgY2cNEySvxngrb/Jzdm"));
  BOOST_TEST(bcrypt_matches("password", "$2y$04$abcdefghijklmnopqrstuughE8Ev8uGFaUgY2cNEySvxngrb/Jzdm"));
  BOOST_TEST(
      bcrypt_matches("p\xc3\xa4\xe2\x82\xacßword", "$2b$04$abcdefghijklmnopqrstuu9UmGhhRBQFaF4XIVZWC70iyYPNA/qnW"));
}

BOOST_AUTO_TEST_CASE(another_password_does_not_match) {
  BOOST_TEST(!bcrypt_matches("Password", "$2b$10$abcdefghijklmnopqrstuu5Lo0g67CiD3M4RpN1BmBb4Crp5w7dbK"));
}

BOOST_AUTO_TEST_CASE(a_new_hash_is_salted_and_matches_its_password) {
  const std::string hash = bcrypt_hash("secret", 4);
  BOOST_TEST(hash.substr(0, 7) == "$2b$04$");
  BOOST_TEST(hash.size() == 60U);
  BOOST_TEST(hash != bcrypt_hash("secret", 4));
  BOOST_TEST(bcrypt_matches("secret", hash));
  BOOST_TEST(!bcrypt_matches("secre", hash));
}

BOOST_AUTO_TEST_CASE(bytes_after_the_72nd_change_nothing) {
  const std::string long_password(72, 'x');
  BOOST_TEST(bcrypt_matches(long_password, "$2b$04$abcdefghijklmnopqrstuubzadhGtS2zEF.gu0yd0opP6cVzb.e0i"));
  BOOST_TEST(bcrypt_matches(long_password + "y", "$2b$04$abcdefghijklmnopqrstuubzadhGtS2zEF.gu0yd0opP6cVzb.e0i"));
  BOOST_TEST(bcrypt_matches(std::string(100000, 'x'), bcrypt_hash(long_password, 4)));
  BOOST_TEST(!bcrypt_matches(std::string(71, 'x'), bcrypt_hash(long_password, 4)));
}

BOOST_AUTO_TEST_CASE(malformed_hashes_match_nothing) {
  const std::string good = bcrypt_hash("a", 4);
  for (const std::string& hash :
       {std::string(), std::string("x"), std::string("$2b$10$short"), std::string("$1$abc$def"), good.substr(0, 59),
        good + "x", good.substr(0, 29), "$2x" + good.substr(3), "$2b$99$" + good.substr(7), "$2b$03$" + good.substr(7),
        "$2b$1:$" + good.substr(7), "$2b$31$" + good.substr(7), good.substr(0, 40) + ":" + good.substr(41)}) {
    BOOST_TEST(!bcrypt_matches("a", hash), hash);
  }
}

BOOST_AUTO_TEST_CASE(an_empty_password_matches_nothing) { BOOST_TEST(!bcrypt_matches("", bcrypt_hash("", 4))); }

BOOST_AUTO_TEST_CASE(a_password_is_not_cut_at_a_nul_character) {
  using namespace std::string_literals;
  BOOST_TEST(!bcrypt_matches("secret\0more"s, bcrypt_hash("secret", 4)));
  BOOST_CHECK_EXCEPTION(bcrypt_hash("secret\0more"s, 4), parse::Error,
                        [](const parse::Error& error) { return error.code() == parse::ErrorCode::kValidationError; });
}

BOOST_AUTO_TEST_SUITE_END()
