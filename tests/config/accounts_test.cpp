#include <boost/test/unit_test.hpp>

#include "config/load.h"
#include "config/print.h"

using namespace parse::config;
using parse::object::Array;
using parse::object::Object;
using parse::object::Value;
using namespace std::chrono_literals;

namespace {

using Flags = std::vector<std::pair<std::string, std::string>>;

Loaded with(const Flags& flags) {
  Sources sources;
  for (const auto& [name, text] : flags) sources.flags.push_back({name, text, "--" + name});
  return load(sources);
}

std::string errors_of(const Flags& flags) {
  std::string text;
  for (const std::string& error : with(flags).errors) text += error + "\n";
  return text;
}

Value hidden_from_all(const Flags& flags) {
  const Loaded loaded = with(flags);
  BOOST_REQUIRE(loaded.errors.empty());
  return loaded.options.protected_fields.fields.at("_User").as<Object>().at("*");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(account_options)

BOOST_AUTO_TEST_CASE(durations_have_their_own_units_and_lives_of_links_may_have_a_fraction) {
  const Options options = with({{"sessionLength", "15"},
                                {"accountLockout.duration", "5"},
                                {"accountLockout.threshold", "3"},
                                {"passwordPolicy.maxPasswordAge", "2"},
                                {"passwordPolicy.resetTokenValidityDuration", "1.5"}})
                              .options;
  BOOST_TEST((options.sessions.length == 15s));
  BOOST_TEST((options.lockout.duration == 5min));
  BOOST_TEST((options.password_policy.max_password_age == 48h));
  BOOST_TEST((options.password_policy.reset_token_validity == 1500ms));
  BOOST_TEST(errors_of({{"sessionLength", "1.5"}}) ==
             "'sessionLength' has invalid value '1.5', a whole number is needed (--sessionLength)\n");
}

BOOST_AUTO_TEST_CASE(every_mistake_in_accounts_is_reported_at_once) {
  BOOST_TEST(
      errors_of({{"sessionLength", "-1"},
                 {"passwordPolicy.maxPasswordHistory", "21"},
                 {"passwordPolicy.resetTokenValidityDuration", "0"},
                 {"accountLockout.threshold", "1000"},
                 {"accountLockout.duration", "0"},
                 {"protectedFields", R"({"Game":["score"]})"}}) ==
      "'sessionLength' must be between 0 and 3162240000, not -1 (--sessionLength)\n"
      "'passwordPolicy.maxPasswordHistory' must be between 0 and 20, not 21 (--passwordPolicy.maxPasswordHistory)\n"
      "'accountLockout.threshold' must be between 1 and 999, not 1000 (--accountLockout.threshold)\n"
      "'accountLockout.duration' must be between 1 and 99999, not 0 (--accountLockout.duration)\n"
      "'protectedFields' must have an object of groups for the class Game (--protectedFields)\n"
      "'passwordPolicy.resetTokenValidityDuration' must be greater than 0 "
      "(--passwordPolicy.resetTokenValidityDuration)\n");
}

BOOST_AUTO_TEST_CASE(sessions_without_end_need_no_length) {
  BOOST_TEST(errors_of({{"sessionLength", "0"}}) ==
             "'sessionLength' must be greater than 0 unless 'expireInactiveSessions' is false\n");
  BOOST_TEST(errors_of({{"sessionLength", "0"}, {"expireInactiveSessions", "false"}}) == "");
}

BOOST_AUTO_TEST_CASE(a_lockout_has_a_threshold_and_a_duration) {
  BOOST_TEST(errors_of({{"accountLockout", R"({"threshold":3})"}}) ==
             "'accountLockout.duration' is required when 'accountLockout.threshold' is set\n");
  BOOST_TEST(errors_of({{"accountLockout", R"({"duration":3})"}}) ==
             "'accountLockout.threshold' is required when 'accountLockout.duration' is set\n");
}

BOOST_AUTO_TEST_CASE(tokens_are_used_again_only_when_they_end) {
  BOOST_TEST(errors_of({{"passwordPolicy", R"({"resetTokenReuseIfValid":true})"}}) ==
             "'passwordPolicy.resetTokenReuseIfValid' cannot be used without "
             "'passwordPolicy.resetTokenValidityDuration'\n");
}

BOOST_AUTO_TEST_CASE(verified_addresses_need_a_mailer_a_name_and_a_public_url) {
  BOOST_TEST(errors_of({{"verifyUserEmails", "true"}, {"emailVerifyTokenReuseIfValid", "true"}}) ==
             "'emailAdapter' is required when 'verifyUserEmails' is true\n"
             "'appName' is required when 'verifyUserEmails' is true\n"
             "'publicServerURL' is required when 'verifyUserEmails' is true\n"
             "'emailVerifyTokenReuseIfValid' cannot be used without 'emailVerifyTokenValidityDuration'\n");
  BOOST_TEST(errors_of({{"verifyUserEmails", "true"},
                        {"emailAdapter", R"({"module":"smtp"})"},
                        {"appName", "Chess"},
                        {"publicServerURL", "https://example.org/parse"}}) == "");
}

BOOST_AUTO_TEST_CASE(mail_addresses_stay_hidden_whatever_else_is_hidden) {
  const Value expected = Array{"phone", "email"};
  BOOST_TEST((hidden_from_all({{"protectedFields", R"({"_User":{"*":["phone"]}})"}}) == expected));
  BOOST_TEST((hidden_from_all({{"protectedFields", R"({"Game":{"*":["score"]}})"}}) == Value(Array{"email"})));
}

BOOST_AUTO_TEST_CASE(without_the_exemption_of_owners_the_list_replaces_the_built_in_one) {
  BOOST_TEST((hidden_from_all({{"protectedFields", R"({"_User":{"*":["phone"]}})"},
                               {"protectedFieldsOwnerExempt", "false"}}) == Value(Array{"phone"})));
}

BOOST_AUTO_TEST_CASE(the_deprecated_sensitive_fields_become_protected_fields) {
  const Flags flags = {{"userSensitiveFields", "phone,email"}};
  const Value expected = Array{"email", "phone"};
  BOOST_TEST((hidden_from_all(flags) == expected));
  const auto warnings = with(flags).warnings;
  BOOST_TEST((std::find(warnings.begin(), warnings.end(),
                        "'userSensitiveFields' is deprecated; use 'protectedFields'") != warnings.end()));
}

BOOST_AUTO_TEST_CASE(pages_know_the_addresses_of_both_generations) {
  const PagesOptions pages = with({{"pages", R"({"customUrls":{"passwordReset":"https://a.example/reset"}})"},
                                   {"customPages", R"({"invalidLink":"https://a.example/invalid"})"}})
                                 .options.pages;
  BOOST_TEST(pages.custom_urls.at("passwordReset") == "https://a.example/reset");
  BOOST_TEST(pages.custom_pages.at("invalidLink") == "https://a.example/invalid");
  BOOST_TEST(errors_of({{"customPages.invalidLink", "javascript:alert(1)"}}) ==
             "'customPages.invalidLink' must be a URL starting with http:// or https:// (--customPages.invalidLink)\n");
  BOOST_TEST(errors_of({{"pages.pagesEndpoint", "a/b"}}) ==
             "'pages.pagesEndpoint' has invalid value 'a/b', it must be one segment of a URL path "
             "(--pages.pagesEndpoint)\n");
}

BOOST_AUTO_TEST_CASE(installations_choose_between_two_words_each) {
  const InstallationOptions options = with({{"installation", R"({"duplicateDeviceTokenAction":"update",
      "duplicateDeviceTokenMergePriority":"installationId","duplicateDeviceTokenActionEnforceAuth":true})"}})
                                          .options.installations;
  BOOST_TEST(options.update_duplicates);
  BOOST_TEST(options.installation_id_wins);
  BOOST_TEST(options.enforce_auth);
  BOOST_TEST(errors_of({{"installation.duplicateDeviceTokenAction", "merge"}}) ==
             "'installation.duplicateDeviceTokenAction' must be one of delete, update; not 'merge' "
             "(--installation.duplicateDeviceTokenAction)\n");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(rate_limit_options)

BOOST_AUTO_TEST_CASE(limits_are_a_list_or_one_object) {
  const std::string one = R"({"requestPath":"/login","requestTimeWindow":1000,"requestCount":2,"zone":"user",
    "requestMethods":["POST"],"includeMasterKey":true,"errorResponseMessage":"Later."})";
  const RateLimit expected = {"/login", 1000ms, 2, "Later.", {"POST"}, true, false, RateLimitZone::kUser};
  for (const std::string& text : {one, "[" + one + "]"}) {
    const auto limits = with({{"rateLimit", text}}).options.rate_limits.limits;
    BOOST_REQUIRE(limits.size() == 1u);
    BOOST_TEST((limits.front() == expected));
  }
}

BOOST_AUTO_TEST_CASE(a_limit_may_be_given_member_by_member) {
  const Loaded loaded = with({{"rateLimit.requestPath", "/login"},
                              {"rateLimit.requestTimeWindow", "1000"},
                              {"rateLimit.requestCount", "2"},
                              {"rateLimit.requestMethods", "POST,GET"}});
  BOOST_TEST(loaded.errors.empty());
  BOOST_REQUIRE(loaded.options.rate_limits.limits.size() == 1u);
  BOOST_TEST(loaded.options.rate_limits.limits.front().request_methods.size() == 2u);
  BOOST_TEST(to_toml(loaded).find(R"(rateLimit = [{"requestPath" = "/login")") != std::string::npos);
  BOOST_TEST(errors_of({{"rateLimit.requestPath", "/login"}}) ==
             "'rateLimit.requestTimeWindow' is required when another option 'rateLimit.…' is set\n"
             "'rateLimit.requestCount' is required when another option 'rateLimit.…' is set\n");
}

BOOST_AUTO_TEST_CASE(a_limit_that_is_incomplete_or_mistyped_is_refused) {
  const auto refusal_of = [](const std::string& members) {
    return errors_of({{"rateLimit", R"([{"requestPath":"/login","requestTimeWindow":1000)" + members + "}]"}});
  };
  BOOST_TEST(refusal_of("") == "'rateLimit' contains an object without 'requestCount' (--rateLimit)\n");
  BOOST_TEST(refusal_of(R"(,"requestCount":"2")") ==
             "'rateLimit' contains a 'requestCount' that is not a whole number (--rateLimit)\n");
  BOOST_TEST(refusal_of(R"(,"requestCount":0)") ==
             "'rateLimit' contains a 'requestCount' that is less than 1 (--rateLimit)\n");
  BOOST_TEST(refusal_of(R"(,"requestCount":2,"zone":"town")") ==
             "'rateLimit' must be one of ip, user, session, global; not 'town' (--rateLimit)\n");
  BOOST_TEST(refusal_of(R"(,"requestCount":2,"count":2)") ==
             "'rateLimit' contains the unknown key 'count' (--rateLimit)\n");
  BOOST_TEST(refusal_of(R"(,"requestCount":2,"redisUrl":"redis://localhost")") ==
             "'rateLimit' contains 'redisUrl', which needs a shared cache, which this version does not have yet "
             "(--rateLimit)\n");
  BOOST_TEST(errors_of({{"rateLimit", "often"}}) == "'rateLimit' must be a JSON array of objects (--rateLimit)\n");
}

BOOST_AUTO_TEST_CASE(an_empty_list_of_allowed_routes_differs_from_none) {
  BOOST_TEST(!with({}).options.rate_limits.route_allow_list.has_value());
  BOOST_TEST(with({{"routeAllowList", "[]"}}).options.rate_limits.route_allow_list->empty());
  BOOST_TEST(with({{"routeAllowList", "health,classes/Game"}}).options.rate_limits.route_allow_list->size() == 2u);
}

BOOST_AUTO_TEST_SUITE_END()
