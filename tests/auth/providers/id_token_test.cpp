#include "auth/providers/id_token.h"

#include "tests/auth/providers/world.h"

using namespace parse;
using namespace parse::auth;
using parse::test::failure_of;
using parse::test::Issuer;
using parse::test::make_hmac_jwt;
using parse::test::make_jwt;
using parse::test::Reply;
using parse::test::SigningKey;
using parse::test::World;

namespace {

constexpr const char* kKeys = "keys.example/jwks";

/// A key set on the loopback address, and the check of tokens against it. Time 1,700,000,000 s.
struct Checked : World {
  Issuer issuer;
  TokenRules rules{.audiences = {"app-1", "app-2"}};
  std::unique_ptr<KeySet> keys;

  Checked() {
    answer(kKeys, issuer.jwks());
    keys = std::make_unique<KeySet>(KeySetSettings{.url = std::string("https://") + kKeys}, services);
  }
  std::string failure(const std::string& token) {
    return failure_of([&] { verify_token(token, rules, *keys, now); });
  }
  std::string failure_of_payload(const std::string& payload) { return failure(issuer.token(payload)); }
};

const std::string kPayload = R"({"sub":"u","aud":"app-1","exp":1700000060})";

}  // namespace

BOOST_AUTO_TEST_SUITE(id_token)

BOOST_AUTO_TEST_CASE(a_token_that_holds_gives_its_claims) {
  Checked world;
  const auto claims = verify_token(world.issuer.token(kPayload), world.rules, *world.keys, world.now);
  BOOST_TEST(claims.at("sub").as<std::string>() == "u");
}

BOOST_AUTO_TEST_CASE(one_audience_of_a_list_is_enough) {
  Checked world;
  BOOST_TEST(world.failure_of_payload(R"({"aud":["x","app-2"],"exp":1700000060})") == "");
}

// GHSA-4q3h-vp4r-prv2 (CVE-2026-27804): algorithm confusion.
BOOST_AUTO_TEST_CASE(a_token_without_signature_is_refused) {
  Checked world;
  for (const char* header : {R"({"alg":"none","kid":"key-1"})", R"({"alg":"None","kid":"key-1"})", R"({"kid":"key-1"})",
                             R"({"alg":null,"kid":"key-1"})", R"({"alg":["RS256"],"kid":"key-1"})"}) {
    BOOST_TEST(world.failure(make_jwt(header, kPayload, nullptr)) == "101 invalid algorithm", header);
  }
  BOOST_TEST(world.failure(make_jwt(R"({"alg":"RS256","kid":"key-1"})", kPayload, nullptr)) == "101 invalid signature");
}

// GHSA-4q3h-vp4r-prv2 (CVE-2026-27804): the public key taken for the secret of HS256.
BOOST_AUTO_TEST_CASE(a_token_signed_by_hmac_with_the_public_key_is_refused) {
  Checked world;
  const std::string secret = world.issuer.key.public_pem();
  const std::string hs256 = make_hmac_jwt(R"({"alg":"HS256","kid":"key-1"})", kPayload, secret);
  BOOST_TEST(world.failure(hs256) == "101 invalid algorithm");
  const std::string claims_rs256 = make_hmac_jwt(R"({"alg":"RS256","kid":"key-1"})", kPayload, secret);
  BOOST_TEST(world.failure(claims_rs256) == "101 invalid signature");
}

// GHSA-4q3h-vp4r-prv2 (CVE-2026-27804): key ids and keys that the token brings itself.
BOOST_AUTO_TEST_CASE(a_token_cannot_choose_its_key) {
  Checked world;
  const SigningKey& stranger = world.issuer.other;
  BOOST_TEST(world.failure(make_jwt(R"({"alg":"RS256","kid":"key-1"})", kPayload, &stranger)) ==
             "101 invalid signature");
  const std::string own_key = R"({"alg":"RS256","kid":"key-1","jwk":)" + stranger.jwk("key-1") + "}";
  BOOST_TEST(world.failure(make_jwt(own_key, kPayload, &stranger)) == "101 invalid signature");
  const std::string own_url = R"({"alg":"RS256","kid":"key-1","jku":"https://attacker.example/jwks"})";
  BOOST_TEST(world.failure(make_jwt(own_url, kPayload, &stranger)) == "101 invalid signature");
  BOOST_TEST(world.count("attacker.example/jwks") == 0);
  for (const char* kid : {"../../../dev/null", "' OR 1=1 --", "key-2"}) {
    const std::string header = std::string(R"({"alg":"RS256","kid":")") + kid + "\"}";
    BOOST_TEST(world.failure(make_jwt(header, kPayload, &stranger)) ==
               std::string("101 Unable to find matching key for Key ID: ") + kid);
  }
}

BOOST_AUTO_TEST_CASE(a_token_of_the_other_algorithm_is_refused_unless_it_is_allowed) {
  Checked world;
  const SigningKey ec = SigningKey::ec();
  world.answer(kKeys, "{\"keys\":[" + ec.jwk("key-1") + "]}");
  const std::string token = make_jwt(R"({"alg":"ES256","kid":"key-1"})", kPayload, &ec);
  BOOST_TEST(world.failure(token) == "101 invalid algorithm");
  world.rules.algorithms = {crypto::SignatureAlgorithm::kRs256, crypto::SignatureAlgorithm::kEs256};
  BOOST_TEST(world.failure(token) == "");
}

BOOST_AUTO_TEST_CASE(a_changed_token_is_refused) {
  Checked world;
  const std::string token = world.issuer.token(kPayload);
  const std::string other = world.issuer.token(R"({"sub":"admin","aud":"app-1","exp":1700000060})");
  const std::string mixed = other.substr(0, other.rfind('.')) + token.substr(token.rfind('.'));
  BOOST_TEST(world.failure(mixed) == "101 invalid signature");
}

// GHSA-x6fw-778m-wr9v, GHSA-837q-jhwx-cmpv: tokens made for another app.
BOOST_AUTO_TEST_CASE(a_token_for_another_audience_is_refused) {
  Checked world;
  for (const char* payload : {R"({"aud":"app-3","exp":1700000060})", R"({"aud":["app-3"],"exp":1700000060})",
                              R"({"aud":[],"exp":1700000060})", R"({"exp":1700000060})",
                              R"({"aud":{"app-1":1},"exp":1700000060})", R"({"aud":"app-1 app-2","exp":1700000060})"}) {
    BOOST_TEST(world.failure_of_payload(payload) == "101 jwt audience invalid. expected: app-1 or app-2", payload);
  }
}

BOOST_AUTO_TEST_CASE(a_token_holds_in_its_time_only) {
  Checked world;
  BOOST_TEST(world.failure_of_payload(R"({"aud":"app-1","exp":1700000000})") == "101 jwt expired");
  BOOST_TEST(world.failure_of_payload(R"({"aud":"app-1","exp":1699990000})") == "101 jwt expired");
  BOOST_TEST(world.failure_of_payload(R"({"aud":"app-1"})") == "101 invalid exp value");
  BOOST_TEST(world.failure_of_payload(R"({"aud":"app-1","exp":"1700000060"})") == "101 invalid exp value");
  BOOST_TEST(world.failure_of_payload(R"({"aud":"app-1","exp":1700000060,"nbf":1700000030})") == "101 jwt not active");
}

BOOST_AUTO_TEST_CASE(what_is_no_token_is_refused) {
  Checked world;
  for (const char* text : {"", "x", "a.b.c", "bm9uZQ.bm9uZQ.bm9uZQ", "W10.e30.e30"}) {
    BOOST_TEST(world.failure(text) == "101 provided token does not decode as JWT", text);
  }
  BOOST_TEST(world.count(kKeys) == 0);
}

BOOST_AUTO_TEST_SUITE_END()
