#include "tests/auth/providers/world.h"

using namespace parse;
using namespace parse::test;

namespace {

constexpr const char* kKeys = "login.example/auth/realms/games/protocol/openid-connect/certs";
constexpr const char* kOptions =
    R"({"config":{"auth-server-url":"https://login.example/auth/","realm":"games","client-id":"app-1"}})";

struct Keycloak : World {
  Issuer issuer;
  auth::Provider& provider = set_up("keycloak", kOptions);

  Keycloak() { answer(kKeys, issuer.jwks()); }
  /// What a login with a token of these claims ends with; `more` are further members of authData.
  std::string failure(const std::string& claims, const std::string& more = "") {
    return login_failure(provider, R"({"id":"u")" + more + R"(,"access_token":")" + issuer.token(claims) + "\"}");
  }
};

const std::string kClaims =
    R"("sub":"u","azp":"app-1","iss":"https://login.example/auth/realms/games","exp":1700000060)";

}  // namespace

BOOST_AUTO_TEST_SUITE(keycloak)

BOOST_AUTO_TEST_CASE(a_token_for_this_client_logs_its_subject_in) {
  Keycloak world;
  BOOST_TEST(world.failure("{" + kClaims + "}") == "");
}

// GHSA-48mh-j4p5-7j9v (CVE-2026-30949)
BOOST_AUTO_TEST_CASE(a_token_of_another_client_is_refused) {
  Keycloak world;
  BOOST_TEST(
      world.failure(R"({"sub":"u","azp":"app-9","iss":"https://login.example/auth/realms/games","exp":1700000060})") ==
      "101 access token is not authorized for this client - expected: app-1 | from: app-9");
  // An audience in place of it does not help.
  BOOST_TEST(
      world.failure(R"({"sub":"u","aud":"app-1","iss":"https://login.example/auth/realms/games","exp":1700000060})") ==
      "101 access token is not authorized for this client - expected: app-1 | from: ");
}

BOOST_AUTO_TEST_CASE(a_token_of_another_realm_or_user_is_refused) {
  Keycloak world;
  BOOST_TEST(
      world.failure(R"({"sub":"u","azp":"app-1","iss":"https://login.example/auth/realms/x","exp":1700000060})") ==
      "101 access token not issued by correct provider - expected: https://login.example/auth/realms/games | "
      "from: https://login.example/auth/realms/x");
  BOOST_TEST(
      world.failure(R"({"sub":"x","azp":"app-1","iss":"https://login.example/auth/realms/games","exp":1700000060})") ==
      "101 auth data is invalid for this user.");
}

// GHSA-4q3h-vp4r-prv2 (CVE-2026-27804)
BOOST_AUTO_TEST_CASE(only_rs256_is_accepted) {
  Keycloak world;
  const std::string token = make_jwt(R"({"alg":"none","kid":"key-1"})", "{" + kClaims + "}", nullptr);
  BOOST_TEST(login_failure(world.provider, R"({"id":"u","access_token":")" + token + "\"}") == "101 invalid algorithm");
}

BOOST_AUTO_TEST_CASE(roles_and_groups_must_be_those_of_the_token_in_any_order) {
  Keycloak world;
  const std::string claims = "{" + kClaims + R"(,"roles":["a","b"],"groups":["g"]})";
  BOOST_TEST(world.failure(claims, R"(,"roles":["b","a"],"groups":["g"])") == "");
  for (const char* more :
       {"", R"(,"roles":["a","b"])", R"(,"roles":["a"],"groups":["g"])", R"(,"roles":["a","b","admin"],"groups":["g"])",
        R"(,"roles":"a,b","groups":["g"])", R"(,"roles":[1,2],"groups":["g"])", R"(,"roles":null,"groups":["g"])"}) {
    BOOST_TEST(world.failure(claims, more) == "101 Invalid authentication", more);
  }
  BOOST_TEST(world.failure("{" + kClaims + "}", R"(,"roles":["admin"])") == "101 Invalid authentication");
}

// GHSA-pfj7-wv7c-22pr
BOOST_AUTO_TEST_CASE(authdata_without_token_or_id_is_refused) {
  Keycloak world;
  for (const char* data : {"{}", R"({"id":"u"})", R"({"access_token":"t"})"}) {
    BOOST_TEST(login_failure(world.provider, data) == "101 Missing access token and/or User id", data);
  }
}

BOOST_AUTO_TEST_CASE(incomplete_options_stop_the_start) {
  World world;
  for (const char* options : {"{}", R"({"config":"x"})", R"({"config":{"auth-server-url":"https://a","realm":"r"}})",
                              R"({"config":{"auth-server-url":"a","realm":"r","client-id":"c"}})"}) {
    BOOST_TEST(failure_of([&] { world.set_up("keycloak", options); }) ==
                   "-1 'auth.keycloak' needs an object with auth-server-url, realm and client-id as config",
               options);
  }
}

BOOST_AUTO_TEST_SUITE_END()
