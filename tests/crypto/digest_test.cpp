#include "crypto/digest.h"

#include <boost/test/unit_test.hpp>

using namespace parse::crypto;

BOOST_AUTO_TEST_SUITE(digests)

BOOST_AUTO_TEST_CASE(digests_are_those_of_the_standard) {
  BOOST_TEST(to_hex(digest(Hash::kSha1, "abc")) == "a9993e364706816aba3e25717850c26c9cd0d89d");
  BOOST_TEST(to_hex(digest(Hash::kSha256, "abc")) ==
             "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

BOOST_AUTO_TEST_CASE(the_digest_of_parts_is_that_of_the_whole) {
  Digester digester(Hash::kSha256);
  for (const char* part : {"a", "", "bc"}) digester.add(part);
  BOOST_TEST(digester.finish() == digest(Hash::kSha256, "abc"));
}

BOOST_AUTO_TEST_CASE(keyed_digests_are_those_of_rfc_2202_and_rfc_4231) {
  BOOST_TEST(to_hex(hmac(Hash::kSha1, "Jefe", "what do ya want for nothing?")) ==
             "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
  BOOST_TEST(to_hex(hmac(Hash::kSha256, "Jefe", "what do ya want for nothing?")) ==
             "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

BOOST_AUTO_TEST_CASE(hashes_have_names) {
  BOOST_TEST((hash_named("SHA1") == Hash::kSha1));
  BOOST_TEST((hash_named("sha-256") == Hash::kSha256));
  BOOST_TEST((hash_named("SHA512") == Hash::kSha512));
  BOOST_TEST(!hash_named("MD5").has_value());
}

BOOST_AUTO_TEST_SUITE_END()
