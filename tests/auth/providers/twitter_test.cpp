#include "auth/providers/oauth1.h"
#include "tests/auth/providers/world.h"

using namespace parse;
using namespace parse::test;

namespace {

constexpr const char* kInvalid = "101 Twitter auth is invalid for this user.";
constexpr const char* kVerify = "api.twitter.com/1.1/account/verify_credentials.json";
constexpr const char* kExchange = "api.twitter.com/oauth/access_token";

struct Twitter : World {
  auth::Provider& provider = set_up("twitter", R"({"consumer_key":"ck","consumer_secret":"cs"})");

  std::string failure(const std::string& data) { return login_failure(provider, data); }
};

/// `name="value"` of an OAuth header, as it stands there.
std::string parameter(const std::string& header, const std::string& name) {
  const std::size_t start = header.find(name + "=\"");
  if (start == std::string::npos) return "";
  const std::size_t from = start + name.size() + 2;
  return header.substr(from, header.find('"', from) - from);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(twitter)

// The example of Twitter's own documentation, "Creating a signature".
BOOST_AUTO_TEST_CASE(signatures_are_those_of_oauth_1) {
  const std::string header = auth::oauth1_authorization(
      {.consumer_key = "xvz1evFS4wEEPTGEFPHBog",
       .consumer_secret = "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw",
       .token = "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
       .token_secret = "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE"},
      {.method = "POST",
       .url = "https://api.twitter.com/1.1/statuses/update.json",
       .fields = {{"include_entities", "true"}, {"status", "Hello Ladies + Gentlemen, a signed OAuth request!"}},
       .nonce = "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg",
       .timestamp = "1318622958"});
  BOOST_TEST(parameter(header, "oauth_signature") == "hCtSmYh%2BiHYCEqBWrE7C7hYmtUk%3D");
  BOOST_TEST(header.starts_with("OAuth oauth_consumer_key=\"xvz1evFS4wEEPTGEFPHBog\", oauth_nonce="));
}

BOOST_AUTO_TEST_CASE(tokens_that_twitter_verifies_log_in) {
  Twitter twitter;
  twitter.answer(kVerify, R"({"id":1,"id_str":"42"})");
  const auto stored =
      log_in(twitter.provider, R"({"id":"42","auth_token":"t","auth_token_secret":"s","screen_name":"x"})");
  BOOST_TEST(object::to_json(stored) == R"({"id":"42","auth_token":"t","auth_token_secret":"s"})");
  const std::string header = twitter.last(kVerify).header("authorization");
  BOOST_TEST(parameter(header, "oauth_consumer_key") == "ck");
  BOOST_TEST(parameter(header, "oauth_token") == "t");
  BOOST_TEST(parameter(header, "oauth_timestamp") == "1700000000");
  const std::string expected =
      auth::oauth1_authorization({.consumer_key = "ck", .consumer_secret = "cs", .token = "t", .token_secret = "s"},
                                 {.method = "GET",
                                  .url = "https://api.twitter.com/1.1/account/verify_credentials.json",
                                  .nonce = parameter(header, "oauth_nonce"),
                                  .timestamp = "1700000000"});
  BOOST_TEST(header == expected);
}

BOOST_AUTO_TEST_CASE(the_newer_names_of_the_tokens_are_read_too) {
  Twitter twitter;
  twitter.answer(kVerify, R"({"id_str":"42"})");
  BOOST_TEST(twitter.failure(R"({"id":"42","oauth_token":"t","oauth_token_secret":"s"})") == "");
}

BOOST_AUTO_TEST_CASE(a_nonce_is_used_once) {
  Twitter twitter;
  twitter.answer(kVerify, R"({"id_str":"42"})");
  for (int i = 0; i < 2; ++i) twitter.failure(R"({"id":"42","auth_token":"t","auth_token_secret":"s"})");
  const auto seen = twitter.server.seen();
  BOOST_TEST(parameter(seen.at(0).header("authorization"), "oauth_nonce") !=
             parameter(seen.at(1).header("authorization"), "oauth_nonce"));
}

BOOST_AUTO_TEST_CASE(tokens_of_another_user_or_app_are_refused) {
  Twitter twitter;
  twitter.answer(kVerify, R"({"id_str":"42"})");
  BOOST_TEST(twitter.failure(R"({"id":"victim","auth_token":"t","auth_token_secret":"s"})") == kInvalid);
  twitter.answer(kVerify, Reply{.status = 401, .body = R"({"errors":[{"code":32}]})"});
  BOOST_TEST(twitter.failure(R"({"id":"42","auth_token":"t","auth_token_secret":"s"})") == kInvalid);
}

// GHSA-pfj7-wv7c-22pr
BOOST_AUTO_TEST_CASE(authdata_without_tokens_is_refused_without_asking) {
  Twitter twitter;
  for (const char* data : {R"({"id":"42"})", "{}", R"({"id":"42","auth_token":"t"})",
                           R"({"id":"42","auth_token":{"$ne":1},"auth_token_secret":"s"})",
                           R"({"id":{"$gt":""},"auth_token":"t","auth_token_secret":"s"})"}) {
    BOOST_TEST(twitter.failure(data) == kInvalid, data);
  }
  BOOST_TEST(twitter.server.seen().empty());
}

BOOST_AUTO_TEST_CASE(a_verifier_is_exchanged_for_the_user) {
  Twitter twitter;
  twitter.answer(kExchange, Reply{.body = "oauth_token=at&oauth_token_secret=as&user_id=42&screen_name=x",
                                  .content_type = "text/html"});
  const auto stored = log_in(twitter.provider, R"({"oauth_token":"rt","oauth_verifier":"v"})");
  BOOST_TEST(object::to_json(stored) == R"({"id":"42","auth_token":"at","auth_token_secret":"as"})");
  BOOST_TEST(twitter.last(kExchange).field("oauth_verifier") == "v");
  BOOST_TEST(parameter(twitter.last(kExchange).header("authorization"), "oauth_token") == "rt");
}

BOOST_AUTO_TEST_CASE(a_verifier_that_twitter_refuses_or_that_is_of_another_user_is_refused) {
  Twitter twitter;
  twitter.answer(kExchange, Reply{.body = "oauth_token=at&oauth_token_secret=as&user_id=42"});
  BOOST_TEST(twitter.failure(R"({"id":"victim","oauth_token":"rt","oauth_verifier":"v"})") == kInvalid);
  twitter.answer(kExchange, Reply{.status = 401, .body = "oauth_token=at&user_id=42"});
  BOOST_TEST(twitter.failure(R"({"oauth_token":"rt","oauth_verifier":"v"})") == kInvalid);
  twitter.answer(kExchange, Reply{.body = "error"});
  BOOST_TEST(twitter.failure(R"({"oauth_token":"rt","oauth_verifier":"v"})") == kInvalid);
}

BOOST_AUTO_TEST_CASE(readers_see_the_id_only) {
  Twitter twitter;
  const auto seen = twitter.provider.after_find(object_of(R"({"id":"42","auth_token":"t"})"), false);
  BOOST_TEST(object::to_json(seen) == R"({"id":"42"})");
}

BOOST_AUTO_TEST_CASE(with_several_apps_the_client_says_which_one_it_is) {
  World world;
  auth::Provider& provider = world.set_up("twitter", R"({"apps":[{"consumer_key":"a","consumer_secret":"x"},
                                                                 {"consumer_key":"b","consumer_secret":"y"}]})");
  world.answer(kVerify, R"({"id_str":"42"})");
  const std::string tokens = R"("id":"42","auth_token":"t","auth_token_secret":"s")";
  BOOST_TEST(login_failure(provider, "{\"consumer_key\":\"b\"," + tokens + "}") == "");
  BOOST_TEST(parameter(world.last(kVerify).header("authorization"), "oauth_consumer_key") == "b");
  BOOST_TEST(login_failure(provider, "{\"consumer_key\":\"c\"," + tokens + "}") == kInvalid);
  BOOST_TEST(login_failure(provider, "{" + tokens + "}") == kInvalid);
}

BOOST_AUTO_TEST_CASE(missing_keys_stop_the_start) {
  World world;
  BOOST_TEST(failure_of([&] { world.set_up("twitter", "{}"); }) ==
             "-1 'auth.twitter' needs consumer_key\n'auth.twitter' needs consumer_secret");
  BOOST_TEST(failure_of([&] { world.set_up("twitter", R"({"apps":[{"consumer_key":"a"}]})"); }) ==
             "-1 'auth.twitter' takes a list of objects with consumer_key and consumer_secret as apps");
}

BOOST_AUTO_TEST_CASE(digits_is_the_same_by_its_old_name) {
  World world;
  world.answer(kVerify, R"({"id_str":"42"})");
  auth::Provider& provider = world.set_up("digits", R"({"consumer_key":"ck","consumer_secret":"cs"})");
  BOOST_TEST(login_failure(provider, R"({"id":"42","auth_token":"t","auth_token_secret":"s"})") == "");
}

BOOST_AUTO_TEST_SUITE_END()
