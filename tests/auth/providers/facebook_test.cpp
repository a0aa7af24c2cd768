#include "tests/auth/providers/world.h"

using namespace parse;
using namespace parse::test;

namespace {

constexpr const char* kInvalid = "101 Facebook auth is invalid for this user.";
constexpr const char* kKeys = "www.facebook.com/.well-known/oauth/openid/jwks/";

/// The Graph API, where token "good" belongs to user "u" in app "app-1".
struct Facebook : World {
  Issuer issuer;
  auth::Provider* provider = nullptr;

  explicit Facebook(const std::string& options = R"({"appIds":["app-1","app-2"]})")
      : provider(&set_up("facebook", options)) {
    const auto graph = [](std::string id) {
      return [id](const SeenRequest& request) {
        if (request.field("access_token") != "good") return Reply{.status = 400, .body = R"({"error":{"code":190}})"};
        return Reply{.body = "{\"id\":\"" + id + "\"}"};
      };
    };
    routes["graph.facebook.com/me"] = graph("u");
    routes["graph.facebook.com/app"] = graph("app-1");
    answer(kKeys, issuer.jwks());
  }
  std::string failure(const std::string& data) { return login_failure(*provider, data); }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(facebook)

BOOST_AUTO_TEST_CASE(a_token_of_this_app_and_user_logs_in) {
  Facebook facebook;
  BOOST_TEST(facebook.failure(R"({"id":"u","access_token":"good"})") == "");
  BOOST_TEST(facebook.last("graph.facebook.com/me").field("fields") == "id");
}

BOOST_AUTO_TEST_CASE(ids_may_be_numbers_in_the_answer) {
  Facebook facebook;
  facebook.answer("graph.facebook.com/me", R"({"id":12345678901})");
  BOOST_TEST(facebook.failure(R"({"id":"12345678901","access_token":"good"})") == "");
}

BOOST_AUTO_TEST_CASE(a_bad_token_is_refused) {
  Facebook facebook;
  BOOST_TEST(facebook.failure(R"({"id":"u","access_token":"bad"})") == kInvalid);
}

BOOST_AUTO_TEST_CASE(the_token_of_another_user_is_refused) {
  Facebook facebook;
  BOOST_TEST(facebook.failure(R"({"id":"victim","access_token":"good"})") == kInvalid);
}

// GHSA-837q-jhwx-cmpv
BOOST_AUTO_TEST_CASE(the_token_of_another_app_is_refused) {
  Facebook facebook;
  facebook.answer("graph.facebook.com/app", R"({"id":"app-9"})");
  BOOST_TEST(facebook.failure(R"({"id":"u","access_token":"good"})") == kInvalid);
  facebook.answer("graph.facebook.com/app", "{}");
  BOOST_TEST(facebook.failure(R"({"id":"u","access_token":"good"})") == kInvalid);
}

// GHSA-pfj7-wv7c-22pr
BOOST_AUTO_TEST_CASE(authdata_without_token_or_id_is_refused_without_asking) {
  Facebook facebook;
  for (const char* data : {R"({"id":"u"})", "{}", R"({"access_token":"good"})",
                           R"({"id":"u","access_token":{"$ne":""}})", R"({"id":{"$gt":""},"access_token":"good"})"}) {
    BOOST_TEST(facebook.failure(data) == kInvalid, data);
  }
  BOOST_TEST(facebook.server.seen().empty());
}

BOOST_AUTO_TEST_CASE(a_token_cannot_add_parameters_to_the_call) {
  Facebook facebook;
  facebook.failure(R"({"id":"u","access_token":"x&fields=id&access_token=good#"})");
  BOOST_TEST(facebook.last("graph.facebook.com/app").field("access_token") == "x&fields=id&access_token=good#");
}

BOOST_AUTO_TEST_CASE(with_a_secret_calls_carry_its_proof) {
  Facebook facebook(R"({"appIds":["app-1"],"appSecret":"secret"})");
  facebook.failure(R"({"id":"u","access_token":"good"})");
  // HMAC-SHA256 of "good" with the key "secret".
  const std::string proof = "de0630b5a2a1d58e7973a75cd291c0ceba5da8f6a434abf2fc2df01c28ef5fdc";
  BOOST_TEST(facebook.last("graph.facebook.com/me").field("appsecret_proof") == proof);
  BOOST_TEST(facebook.last("graph.facebook.com/app").field("appsecret_proof") == proof);
}

BOOST_AUTO_TEST_CASE(limited_login_is_checked_as_an_identity_token) {
  Facebook facebook;
  const auto data = [&](const std::string& aud, const std::string& iss) {
    return R"({"id":"u","token":")" +
           facebook.issuer.token(fmt::format(R"({{"sub":"u","aud":"{}","iss":"{}","exp":1700000060}})", aud, iss)) +
           "\"}";
  };
  BOOST_TEST(facebook.failure(data("app-2", "https://www.facebook.com")) == "");
  BOOST_TEST(facebook.failure(data("app-9", "https://www.facebook.com")) ==
             "101 jwt audience invalid. expected: app-1 or app-2");
  BOOST_TEST(facebook.failure(data("app-1", "https://evil.example")) ==
             "101 id token not issued by correct OpenID provider - expected: https://www.facebook.com | from: "
             "https://evil.example");
  BOOST_TEST(facebook.failure(R"({"id":"u","token":""})") == "101 id token is invalid for this user.");
}

// GHSA-r657-33vp-gp22: a text would be searched for the id as a part of it.
BOOST_AUTO_TEST_CASE(app_ids_given_as_a_text_stop_the_start) {
  for (const char* options :
       {R"({"appIds":"app-1"})", "{}", R"({"appIds":[]})", R"({"appIds":[""]})", R"({"appIds":[1]})"}) {
    World world;
    BOOST_TEST(failure_of([&] { world.set_up("facebook", options); }) ==
                   "-1 'auth.facebook' needs a list of texts as appIds, with at least one",
               options);
  }
}

BOOST_AUTO_TEST_SUITE_END()
