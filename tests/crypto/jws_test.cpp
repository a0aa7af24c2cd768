#include "crypto/jws.h"

#include <boost/test/unit_test.hpp>

#include "crypto/base64.h"
#include "tests/support/signing.h"

using namespace parse::crypto;
using parse::test::make_jwt;
using parse::test::SigningKey;

namespace {

std::string member(const std::string& jwk, const std::string& name) {
  const std::size_t start = jwk.find("\"" + name + "\":\"") + name.size() + 4;
  return *decode_base64url(jwk.substr(start, jwk.find('"', start) - start));
}

PublicKey public_key(const SigningKey& key) {
  const std::string jwk = key.jwk("1");
  return key.is_rsa() ? PublicKey::rsa(member(jwk, "n"), member(jwk, "e")).value()
                      : PublicKey::p256(member(jwk, "x"), member(jwk, "y")).value();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(jws)

BOOST_AUTO_TEST_CASE(a_token_is_taken_apart) {
  const SigningKey key = SigningKey::ec();
  const auto parsed = parse_jws(make_jwt("{\"alg\":\"ES256\"}", "{\"a\":1}", &key));
  BOOST_TEST(parsed->header == "{\"alg\":\"ES256\"}");
  BOOST_TEST(parsed->payload == "{\"a\":1}");
  BOOST_TEST(parsed->signature.size() == 64u);
}

BOOST_AUTO_TEST_CASE(what_has_not_three_parts_of_base64url_is_no_token) {
  for (const char* text : {"", ".", "a.b", "YQ.YQ.YQ.YQ", "Y!.YQ.YQ", "YQ==.YQ.YQ", "YQ.YR.YQ", "Y.YQ.YQ"}) {
    BOOST_TEST(!parse_jws(text).has_value(), text);
  }
  BOOST_TEST(parse_jws("YQ.YQ.").has_value());
  BOOST_TEST(!parse_jws(std::string(kMaxJwsBytes, 'Y') + ".YQ.YQ").has_value());
}

BOOST_AUTO_TEST_CASE(signatures_of_both_kinds_are_checked) {
  for (const SigningKey& key : {SigningKey::rsa(), SigningKey::ec()}) {
    const auto algorithm = key.is_rsa() ? SignatureAlgorithm::kRs256 : SignatureAlgorithm::kEs256;
    Jws token = parse_jws(make_jwt("{}", "{}", &key)).value();
    BOOST_TEST(verifies(token, algorithm, public_key(key)));
    token.signature.back() = static_cast<char>(token.signature.back() ^ 1);
    BOOST_TEST(!verifies(token, algorithm, public_key(key)));
    token.signature.clear();
    BOOST_TEST(!verifies(token, algorithm, public_key(key)));
  }
}

BOOST_AUTO_TEST_CASE(another_key_does_not_verify) {
  const SigningKey key = SigningKey::ec();
  const SigningKey other = SigningKey::ec();
  const Jws token = parse_jws(make_jwt("{}", "{}", &key)).value();
  BOOST_TEST(!verifies(token, SignatureAlgorithm::kEs256, public_key(other)));
}

BOOST_AUTO_TEST_CASE(a_key_serves_only_the_algorithm_of_its_kind) {
  const SigningKey key = SigningKey::ec();
  const Jws token = parse_jws(make_jwt("{}", "{}", &key)).value();
  BOOST_TEST(!verifies(token, SignatureAlgorithm::kRs256, public_key(key)));
}

BOOST_AUTO_TEST_CASE(weak_and_broken_keys_are_refused) {
  BOOST_TEST(!PublicKey::rsa(std::string(128, '\xff'), "\x01\x00\x01").has_value());
  BOOST_TEST(!PublicKey::rsa(std::string(10'000, '\xff'), "\x03").has_value());
  BOOST_TEST(!PublicKey::rsa("", "").has_value());
  BOOST_TEST(!PublicKey::p256(std::string(32, '\1'), std::string(32, '\1')).has_value());
  BOOST_TEST(!PublicKey::p256("x", "y").has_value());
}

BOOST_AUTO_TEST_SUITE_END()
