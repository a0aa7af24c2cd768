#include "auth/providers/registry.h"

#include "tests/auth/providers/world.h"

using namespace parse;
using namespace parse::test;

namespace {

struct Registry : World {
  auth::Providers make(const std::string& option, const auth::ProviderOptions& options = {}) {
    return auth::make_providers(object_of(option), services, options);
  }
  std::string failure(const std::string& option) {
    return failure_of([&] { make(option); });
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(registry)

BOOST_AUTO_TEST_CASE(without_options_there_is_only_the_anonymous_provider) {
  Registry registry;
  const auto providers = registry.make("{}");
  BOOST_TEST(providers.size() == 1u);
  BOOST_TEST(providers.contains("anonymous"));
}

// GHSA-wjqw-r9x4-j59v, GHSA-g4cf-xj29-wqqr: disabled and unconfigured providers do not exist.
BOOST_AUTO_TEST_CASE(the_anonymous_provider_can_be_turned_off) {
  Registry registry;
  BOOST_TEST(registry.make("{}", {.enable_anonymous = false}).empty());
  BOOST_TEST(registry.make(R"({"anonymous":{}})", {.enable_anonymous = false}).empty());
  BOOST_TEST(registry.make(R"({"anonymous":{"enabled":false}})").empty());
  BOOST_TEST(registry.make(R"({"anonymous":{"enabled":true}})").size() == 1u);
}

// GHSA-wjqw-r9x4-j59v (CVE-2026-33042)
BOOST_AUTO_TEST_CASE(the_anonymous_provider_needs_an_id) {
  Registry registry;
  const auto providers = registry.make("{}");
  auth::Provider& anonymous = *providers.at("anonymous");
  BOOST_TEST(login_failure(anonymous, R"({"id":"00000000-0000-4000-8000-000000000000"})") == "");
  for (const char* data : {"{}", R"({"id":""})", R"({"id":null})", R"({"id":{"$gt":""}})", R"({"id":7})"}) {
    BOOST_TEST(login_failure(anonymous, data) == "101 Anonymous auth is invalid for this user.", data);
  }
}

BOOST_AUTO_TEST_CASE(a_disabled_provider_does_not_exist) {
  Registry registry;
  const auto providers = registry.make(R"({"google":{"clientId":"a","enabled":false},"apple":{"clientId":"a"}})");
  BOOST_TEST(!providers.contains("google"));
  BOOST_TEST(providers.contains("apple"));
}

BOOST_AUTO_TEST_CASE(every_provider_of_the_reference_can_be_set_up) {
  Registry registry;
  const std::string code = R"({"clientId":"a","clientSecret":"b"})";
  std::string option = R"({"google":{"clientId":"a"},"apple":{"clientId":"a"},"facebook":{"appIds":["a"]},
      "twitter":{"consumer_key":"a","consumer_secret":"b"},"digits":{"consumer_key":"a","consumer_secret":"b"},
      "gcenter":{"bundleId":"a"},"ldap":{"url":"ldap://localhost","suffix":"o=x"},
      "keycloak":{"config":{"auth-server-url":"http://a","realm":"r","client-id":"c"}},"mfa":{"options":["TOTP"]},
      "janraincapture":{"janrain_capture_host":"a"},"janrainengage":{"api_key":"a","enableInsecureAuth":true},
      "meetup":{"enableInsecureAuth":true},"phantauth":{"enableInsecureAuth":true},
      "vkontakte":{"appIds":"a","appSecret":"b","enableInsecureAuth":true})";
  for (const char* name :
       {"github", "gpgames", "instagram", "line", "linkedin", "microsoft", "qq", "spotify", "wechat", "weibo"}) {
    option += ",\"" + std::string(name) + "\":" + code;
  }
  BOOST_TEST(registry.make(option + "}", {.enable_insecure = true}).size() == 25u);
}

BOOST_AUTO_TEST_CASE(all_problems_are_told_at_once_each_with_its_option) {
  Registry registry;
  BOOST_TEST(registry.failure(R"({"google":{},"1x":{},"custom":{},"facebook":{"appIds":"a"},"apple":true,
                                  "github":{"clientId":"a","clientSecret":"b","clientSecert":"c"}})") ==
             "-1 'auth.google' needs a text or a list of texts as clientId\n"
             "'auth.1x' is not a letter followed by letters, digits and underscores\n"
             "'auth.custom' is no provider of this server; give it http, module, \"oauth2\": true or \"oidc\": true\n"
             "'auth.facebook' needs a list of texts as appIds, with at least one\n"
             "'auth.apple' takes an object\n"
             "'auth.github' knows no setting clientSecert");
}

BOOST_AUTO_TEST_CASE(a_module_needs_cloud_code_beside_which_it_runs) {
  Registry registry;
  const std::string option = R"({"mine":{"module":"./mine.js","anything":1}})";
  BOOST_TEST(registry.failure(option) ==
             "-1 'auth.mine' has a module, which runs beside Cloud Code: the option cloud is needed too");
  std::string asked;
  registry.services.modules = [&](const auth::ModuleCall& call) -> std::optional<object::Value> {
    asked = std::string(call.provider) + " " + std::string(call.method);
    return object::Value(object::Object{{"save", object::Object{{"id", "1"}}}});
  };
  const auto providers = registry.make(option);
  const auto result = providers.at("mine")->validate(auth::AuthPhase::kLogin, {}, {});
  BOOST_TEST(asked == "mine validateLogin");
  BOOST_TEST(result.save->contains("id"));
}

BOOST_AUTO_TEST_CASE(names_become_parts_of_field_names_and_are_checked) {
  Registry registry;
  const std::string provider = R"({"oidc":true,"issuer":"https://a.example","clientId":"c"})";
  for (const char* name : {"", "_x", "a.b", "a-b", "$a", "a b", "__proto__", "\xc3\xa4"}) {
    BOOST_TEST(registry.failure("{\"" + std::string(name) + "\":" + provider + "}") != "", name);
  }
  for (const char* name : {"a", "myProvider_2", "X9"}) {
    BOOST_TEST(registry.failure("{\"" + std::string(name) + "\":" + provider + "}") == "", name);
  }
}

BOOST_AUTO_TEST_CASE(a_generic_kind_takes_the_place_of_a_built_in_one) {
  Registry registry;
  const auto providers =
      registry.make(R"({"google":{"oauth2":true,"tokenIntrospectionEndpointUrl":"https://a.example/i"}})");
  registry.answer("a.example/i", R"({"active":true,"sub":"u"})");
  BOOST_TEST(login_failure(*providers.at("google"), R"({"id":"u","access_token":"t"})") == "");
}

BOOST_AUTO_TEST_CASE(enabled_takes_a_truth_value) {
  Registry registry;
  BOOST_TEST(registry.failure(R"({"apple":{"clientId":"a","enabled":"no"}})") ==
             "-1 'auth.apple' takes true or false as enabled");
}

BOOST_AUTO_TEST_SUITE_END()
