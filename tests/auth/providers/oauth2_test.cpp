#include "tests/auth/providers/world.h"

using namespace parse;
using namespace parse::test;

namespace {

constexpr const char* kEndpoint = "login.example/introspect";
constexpr const char* kInvalid = "101 OAuth2 access token is invalid for this user.";

/// An introspection endpoint that knows the token "good" of user "u" for app "app-1".
struct Introspection : World {
  auth::Provider& provider;

  explicit Introspection(const std::string& more = R"(,"appidField":"client_id","appIds":["app-1","app-2"])")
      : provider(set_up(
            "custom",
            R"({"oauth2":true,"tokenIntrospectionEndpointUrl":"https://login.example/introspect")" + more + "}")) {
    routes[kEndpoint] = [](const SeenRequest& request) {
      if (request.field("token") != "good") return Reply{.body = R"({"active":false})"};
      return Reply{.body = R"({"active":true,"sub":"u","client_id":"app-1"})"};
    };
  }
  std::string failure(const std::string& data = R"({"id":"u","access_token":"good"})") {
    return login_failure(provider, data);
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(oauth2)

BOOST_AUTO_TEST_CASE(an_active_token_of_the_user_and_app_logs_in) {
  Introspection world;
  BOOST_TEST(world.failure() == "");
}

// GHSA-69xg-f649-w5g2 (CVE-2026-32269): what is asked about is the token.
BOOST_AUTO_TEST_CASE(the_endpoint_gets_the_token_and_nothing_else) {
  Introspection world(R"(,"authorizationHeader":"Basic abc")");
  world.failure(R"({"id":"u","access_token":"go&od=1"})");
  const SeenRequest seen = world.last(kEndpoint);
  BOOST_TEST(seen.method == "POST");
  BOOST_TEST(seen.body == "token=go%26od%3D1");
  BOOST_TEST(seen.header("authorization") == "Basic abc");
  BOOST_TEST(seen.header("content-type") == "application/x-www-form-urlencoded");
  BOOST_TEST(world.server.seen().size() == 1u);
}

// GHSA-fr88-w35c-r596: a valid token with the id of somebody else.
BOOST_AUTO_TEST_CASE(the_token_of_one_user_does_not_log_another_in) {
  Introspection world;
  BOOST_TEST(world.failure(R"({"id":"victim","access_token":"good"})") == kInvalid);
}

BOOST_AUTO_TEST_CASE(an_answer_that_names_no_user_logs_nobody_in) {
  Introspection world;
  for (const char* answer :
       {R"({"active":true,"client_id":"app-1"})", R"({"active":true,"client_id":"app-1","sub":null})",
        R"({"active":true,"client_id":"app-1","sub":{"id":"u"}})"}) {
    world.answer(kEndpoint, answer);
    BOOST_TEST(world.failure() == kInvalid, answer);
  }
}

BOOST_AUTO_TEST_CASE(a_token_that_is_not_active_is_refused) {
  Introspection world;
  BOOST_TEST(world.failure(R"({"id":"u","access_token":"bad"})") == kInvalid);
  for (const char* active : {"false", "null", "0", "\"false\"", "\"true\"", "1"}) {
    world.answer(kEndpoint, R"({"sub":"u","client_id":"app-1","active":)" + std::string(active) + "}");
    BOOST_TEST(world.failure() == kInvalid, active);
  }
}

// GHSA-837q-jhwx-cmpv
BOOST_AUTO_TEST_CASE(the_token_of_another_app_is_refused) {
  Introspection world;
  for (const char* app : {"\"app-9\"", "[\"app-9\"]", "[]", "null", "\"app\"", "7"}) {
    world.answer(kEndpoint, R"({"active":true,"sub":"u","client_id":)" + std::string(app) + "}");
    BOOST_TEST(world.failure() == "101 OAuth2: Invalid app ID.", app);
  }
  world.answer(kEndpoint, R"({"active":true,"sub":"u","client_id":["x","app-2"]})");
  BOOST_TEST(world.failure() == "");
}

BOOST_AUTO_TEST_CASE(a_failing_endpoint_refuses) {
  Introspection world;
  world.answer(kEndpoint, Reply{.status = 500, .body = R"({"active":true,"sub":"u","client_id":"app-1"})"});
  BOOST_TEST(world.failure() == "101 OAuth2 token introspection request failed.");
  world.answer(kEndpoint, "not json");
  BOOST_TEST(world.failure() == "101 OAuth2 token introspection request failed.");
}

// GHSA-pfj7-wv7c-22pr
BOOST_AUTO_TEST_CASE(authdata_without_token_or_id_is_refused_without_asking) {
  Introspection world;
  for (const char* data :
       {"{}", R"({"id":"u"})", R"({"access_token":"good"})", R"({"id":"u","access_token":["good"]})"}) {
    BOOST_TEST(world.failure(data) == kInvalid, data);
  }
  BOOST_TEST(world.server.seen().empty());
}

BOOST_AUTO_TEST_CASE(another_field_may_name_the_user) {
  Introspection world(R"(,"useridField":"uid")");
  world.answer(kEndpoint, R"({"active":true,"sub":"x","uid":17})");
  BOOST_TEST(world.failure(R"({"id":"17","access_token":"good"})") == "");
}

// GHSA-2cjm-2gwv-m892: the settings of one such provider used by another.
BOOST_AUTO_TEST_CASE(two_of_them_keep_their_settings_apart) {
  World world;
  world.answer("a.example/i", R"({"active":true,"sub":"u"})");
  world.answer("b.example/i", R"({"active":false})");
  world.providers =
      auth::make_providers(object_of(R"({"first":{"oauth2":true,"tokenIntrospectionEndpointUrl":"https://a.example/i"},
                    "second":{"oauth2":true,"tokenIntrospectionEndpointUrl":"https://b.example/i"}})"),
                           world.services, {});
  const std::string data = R"({"id":"u","access_token":"t"})";
  BOOST_TEST(login_failure(*world.providers.at("first"), data) == "");
  BOOST_TEST(login_failure(*world.providers.at("second"), data) == kInvalid);
  BOOST_TEST(login_failure(*world.providers.at("first"), data) == "");
}

BOOST_AUTO_TEST_CASE(incomplete_options_stop_the_start) {
  World world;
  const auto failure = [&](const std::string& options) { return failure_of([&] { world.set_up("custom", options); }); };
  BOOST_TEST(failure(R"({"oauth2":true})") == "-1 'auth.custom' needs tokenIntrospectionEndpointUrl");
  const std::string start = R"({"oauth2":true,"tokenIntrospectionEndpointUrl":"https://a.example/i",)";
  BOOST_TEST(failure(start + R"("appidField":"a"})") ==
             "-1 'auth.custom' needs a list of texts as appIds, with at least one");
  // GHSA-r657-33vp-gp22
  BOOST_TEST(failure(start + R"("appidField":"a","appIds":"app-1"})") ==
             "-1 'auth.custom' needs a list of texts as appIds, with at least one");
  BOOST_TEST(failure(start + R"("appIds":["app-1"]})").starts_with("-1 'auth.custom' has appIds, "));
}

BOOST_AUTO_TEST_SUITE_END()
