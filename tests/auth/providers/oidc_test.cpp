#include "tests/auth/providers/world.h"

using namespace parse;
using namespace parse::test;

namespace {

constexpr const char* kDocument = "id.example/tenant/.well-known/openid-configuration";

struct Oidc : World {
  Issuer issuer;
  auth::Provider& provider =
      set_up("custom", R"({"oidc":true,"issuer":"https://id.example/tenant","clientId":"app-1"})");

  Oidc() {
    answer(kDocument, R"({"issuer":"https://id.example/tenant","jwks_uri":"https://keys.example/k"})");
    answer("keys.example/k", issuer.jwks());
  }
  std::string failure(const std::string& claims) {
    return login_failure(provider, R"({"id":"u","id_token":")" + issuer.token(claims) + "\"}");
  }
};

const std::string kClaims = R"("sub":"u","aud":"app-1","iss":"https://id.example/tenant","exp":1700000060)";

}  // namespace

BOOST_AUTO_TEST_SUITE(oidc)

BOOST_AUTO_TEST_CASE(a_token_checked_with_the_discovered_keys_logs_in) {
  Oidc world;
  BOOST_TEST(world.failure("{" + kClaims + "}") == "");
  BOOST_TEST(world.failure("{" + kClaims + "}") == "");
  BOOST_TEST(world.count(kDocument) == 1);
  BOOST_TEST(world.count("keys.example/k") == 1);
}

BOOST_AUTO_TEST_CASE(es256_is_accepted_too) {
  Oidc world;
  const SigningKey ec = SigningKey::ec();
  world.answer("keys.example/k", "{\"keys\":[" + ec.jwk("ec-1") + "]}");
  const std::string token = make_jwt(R"({"alg":"ES256","kid":"ec-1"})", "{" + kClaims + "}", &ec);
  BOOST_TEST(login_failure(world.provider, R"({"id":"u","id_token":")" + token + "\"}") == "");
}

BOOST_AUTO_TEST_CASE(issuer_audience_subject_and_party_are_checked) {
  Oidc world;
  BOOST_TEST(world.failure(R"({"sub":"u","aud":"app-9","iss":"https://id.example/tenant","exp":1700000060})") ==
             "101 jwt audience invalid. expected: app-1");
  BOOST_TEST(world.failure(R"({"sub":"u","aud":"app-1","iss":"https://id.example/other","exp":1700000060})") ==
             "101 id token not issued by correct OpenID provider - expected: https://id.example/tenant | from: "
             "https://id.example/other");
  BOOST_TEST(world.failure(R"({"sub":"x","aud":"app-1","iss":"https://id.example/tenant","exp":1700000060})") ==
             "101 auth data is invalid for this user.");
  BOOST_TEST(world.failure("{" + kClaims + R"(,"azp":"app-9"})") == "101 id token is not authorized for this client.");
  BOOST_TEST(world.failure("{" + kClaims + R"(,"azp":"app-1"})") == "");
}

BOOST_AUTO_TEST_CASE(a_document_of_another_issuer_or_with_keys_in_the_clear_is_not_used) {
  const std::string unread = "141 The login provider's configuration could not be read.";
  for (const char* document : {R"({"issuer":"https://evil.example","jwks_uri":"https://keys.example/k"})",
                               R"({"issuer":"https://id.example/tenant","jwks_uri":"http://keys.example/k"})",
                               R"({"issuer":"https://id.example/tenant"})", "{}", "x"}) {
    Oidc world;
    world.answer(kDocument, document);
    BOOST_TEST(world.failure("{" + kClaims + "}") == unread, document);
  }
}

BOOST_AUTO_TEST_CASE(discovery_is_tried_again_after_it_failed) {
  Oidc world;
  world.answer(kDocument, Reply{.status = 503, .body = "{}"});
  BOOST_TEST(world.failure("{" + kClaims + "}") != "");
  world.answer(kDocument, R"({"issuer":"https://id.example/tenant","jwks_uri":"https://keys.example/k"})");
  BOOST_TEST(world.failure("{" + kClaims + "}") == "");
}

BOOST_AUTO_TEST_CASE(authdata_without_token_asks_nobody) {
  Oidc world;
  BOOST_TEST(login_failure(world.provider, R"({"id":"u"})") == "101 id token is invalid for this user.");
  BOOST_TEST(world.server.seen().empty());
}

BOOST_AUTO_TEST_CASE(incomplete_options_stop_the_start) {
  World world;
  BOOST_TEST(failure_of([&] { world.set_up("custom", R"({"oidc":true})"); }) ==
             "-1 'auth.custom' needs issuer\n'auth.custom' needs a text or a list of texts as clientId");
}

BOOST_AUTO_TEST_SUITE_END()
