#include "tests/auth/providers/world.h"

using namespace parse;
using namespace parse::test;

namespace {

struct Case {
  std::string name;
  std::string token_field;
  std::string keys;
  std::string issuer;
};

const Case kGoogle{"google", "id_token", "www.googleapis.com/oauth2/v3/certs", "https://accounts.google.com"};
const Case kApple{"apple", "token", "appleid.apple.com/auth/keys", "https://appleid.apple.com"};

/// One of the two, set up for "app-1", and tokens of its issuer.
struct Service : World {
  Issuer issuer;
  Case which;
  auth::Provider& provider;

  explicit Service(Case given)
      : which(std::move(given)), provider(set_up(which.name, R"({"clientId":["app-1","app-2"]})")) {
    answer(which.keys, issuer.jwks());
  }
  std::string payload(const std::string& sub, const std::string& aud, const std::string& iss) const {
    return fmt::format(R"({{"sub":"{}","aud":"{}","iss":"{}","exp":1700000060}})", sub, aud, iss);
  }
  std::string auth_data(const std::string& id, const std::string& payload) const {
    return fmt::format(R"({{"id":"{}","{}":"{}"}})", id, which.token_field, issuer.token(payload));
  }
  std::string failure(const std::string& data) { return login_failure(provider, data); }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(google_and_apple)

BOOST_AUTO_TEST_CASE(a_token_for_this_app_logs_its_subject_in) {
  for (const Case& which : {kGoogle, kApple}) {
    Service service(which);
    BOOST_TEST(service.failure(service.auth_data("u", service.payload("u", "app-2", which.issuer))) == "", which.name);
  }
}

BOOST_AUTO_TEST_CASE(google_names_itself_in_two_ways) {
  Service service(kGoogle);
  BOOST_TEST(service.failure(service.auth_data("u", service.payload("u", "app-1", "accounts.google.com"))) == "");
}

BOOST_AUTO_TEST_CASE(the_token_of_one_user_does_not_log_another_in) {
  for (const Case& which : {kGoogle, kApple}) {
    Service service(which);
    BOOST_TEST(service.failure(service.auth_data("victim", service.payload("u", "app-1", which.issuer))) ==
               "101 auth data is invalid for this user.");
  }
}

// GHSA-837q-jhwx-cmpv
BOOST_AUTO_TEST_CASE(the_token_of_another_app_is_refused) {
  for (const Case& which : {kGoogle, kApple}) {
    Service service(which);
    BOOST_TEST(service.failure(service.auth_data("u", service.payload("u", "app-9", which.issuer))) ==
               "101 jwt audience invalid. expected: app-1 or app-2");
  }
}

BOOST_AUTO_TEST_CASE(a_token_of_another_issuer_is_refused) {
  Service google(kGoogle);
  BOOST_TEST(google.failure(google.auth_data("u", google.payload("u", "app-1", "https://evil.example"))) ==
             "101 id token not issued by correct provider - expected: accounts.google.com or "
             "https://accounts.google.com | from: https://evil.example");
  Service apple(kApple);
  BOOST_TEST(apple.failure(apple.auth_data("u", apple.payload("u", "app-1", "https://evil.example"))) ==
             "101 id token not issued by correct OpenID provider - expected: https://appleid.apple.com | from: "
             "https://evil.example");
}

// GHSA-4q3h-vp4r-prv2 (CVE-2026-27804)
BOOST_AUTO_TEST_CASE(only_rs256_with_the_published_key_is_accepted) {
  for (const Case& which : {kGoogle, kApple}) {
    Service service(which);
    const std::string payload = service.payload("u", "app-1", which.issuer);
    const auto data = [&which](const std::string& token) {
      return fmt::format(R"({{"id":"u","{}":"{}"}})", which.token_field, token);
    };
    BOOST_TEST(service.failure(data(make_jwt(R"({"alg":"none","kid":"key-1"})", payload, nullptr))) ==
               "101 invalid algorithm");
    BOOST_TEST(service.failure(data(make_hmac_jwt(R"({"alg":"HS256","kid":"key-1"})", payload,
                                                  service.issuer.key.public_pem()))) == "101 invalid algorithm");
    BOOST_TEST(service.failure(data(make_jwt(R"({"alg":"RS256","kid":"key-1"})", payload, &service.issuer.other))) ==
               "101 invalid signature");
  }
}

// GHSA-pfj7-wv7c-22pr: the id of another user alone.
BOOST_AUTO_TEST_CASE(authdata_without_token_is_refused) {
  for (const Case& which : {kGoogle, kApple}) {
    Service service(which);
    for (const char* data : {R"({"id":"u"})", "{}", R"({"id":"u","id_token":null,"token":null})",
                             R"({"id":"u","id_token":{"$ne":1},"token":["x"]})"}) {
      BOOST_TEST(service.failure(data) == "101 id token is invalid for this user.", data);
    }
  }
}

// GHSA-5fw2-8jcv-xh87: a query operator for the id.
BOOST_AUTO_TEST_CASE(an_id_that_is_no_text_is_refused) {
  Service service(kGoogle);
  const std::string token = service.issuer.token(service.payload("u", "app-1", kGoogle.issuer));
  BOOST_TEST(service.failure(R"({"id":{"$gt":""},"id_token":")" + token + "\"}") ==
             "101 auth data is invalid for this user.");
}

// GHSA-x6fw-778m-wr9v (CVE-2026-30863)
BOOST_AUTO_TEST_CASE(without_an_audience_the_provider_is_not_set_up) {
  for (const std::string name : {"google", "apple"}) {
    World world;
    for (const char* options : {"{}", R"({"clientId":""})", R"({"clientId":[]})", R"({"clientId":[""]})",
                                R"({"clientId":null})", R"({"clientId":7})"}) {
      BOOST_TEST(failure_of([&] { world.set_up(name, options); }) ==
                     "-1 'auth." + name + "' needs a text or a list of texts as clientId",
                 options);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
