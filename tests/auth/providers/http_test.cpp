#include "tests/auth/providers/world.h"

using namespace parse;
using namespace parse::test;
using auth::AuthPhase;
using object::Object;

namespace {

std::string options(const std::string& methods, const std::string& more = "") {
  return R"({"http":{"url":"https://hooks.example/auth","methods":[)" + methods + R"(],"secret":"s3cret"})" + more +
         "}";
}

std::string at(const std::string& method) { return "hooks.example/auth/" + method; }

/// The arguments of the last call of `method`, as JSON.
std::string arguments(const World& world, const std::string& method) {
  return object::to_json(object_of(world.last(at(method)).body).at("args"));
}

constexpr const char* kAuthData = R"({"id":"u","token":"t"})";

}  // namespace

BOOST_AUTO_TEST_SUITE(http_provider)

BOOST_AUTO_TEST_CASE(the_adapter_decides_who_logs_in) {
  World world;
  auth::Provider& provider = world.set_up("custom", options("\"validateAuthData\""));
  world.answer(at("validateAuthData"), "{}");
  BOOST_TEST(object::to_json(log_in(provider, kAuthData)) == kAuthData);
  world.answer(at("validateAuthData"), R"({"error":{"code":101,"message":"Nobody."}})");
  BOOST_TEST(login_failure(provider, kAuthData) == "101 Nobody.");
  world.answer(at("validateAuthData"), R"({"error":"Wrong."})");
  BOOST_TEST(login_failure(provider, kAuthData) == "141 Wrong.");
}

BOOST_AUTO_TEST_CASE(it_gets_authdata_options_and_the_request) {
  World world;
  auth::Provider& provider = world.set_up("custom", options("\"validateAuthData\"", R"(,"level":3)"));
  world.answer(at("validateAuthData"), "{}");
  const Object user = object_of(R"({"objectId":"x","username":"n","_hashed_password":"h","_email_verify_token":"e",
                                    "sessionToken":"r:1","authData":{"custom":{"id":"u"},"mfa":{"secret":"m"}}})");
  provider.validate(AuthPhase::kUpdate, object_of(kAuthData),
                    {.client_ip = "10.0.0.1", .installation_id = "i", .is_master = false, .user = &user});
  BOOST_TEST(arguments(world, "validateAuthData") ==
             R"([{"id":"u","token":"t"},{"level":3},{"ip":"10.0.0.1","master":false,"installationId":"i",)"
             R"("user":{"objectId":"x","username":"n","authData":{"custom":{"id":"u"}}}}])");
  BOOST_TEST(world.last(at("validateAuthData")).header("x-parse-adapter-secret") == "s3cret");
}

BOOST_AUTO_TEST_CASE(its_answer_says_what_is_stored_and_what_goes_to_the_client) {
  World world;
  auth::Provider& provider = world.set_up("custom", options("\"validateAuthData\""));
  world.answer(at("validateAuthData"), R"({"result":{"save":{"id":"u","kept":1},"response":{"hello":true}}})");
  const auto result = provider.validate(AuthPhase::kLogin, object_of(kAuthData), {});
  BOOST_TEST(object::to_json(*result.save) == R"({"id":"u","kept":1})");
  BOOST_TEST(object::to_json(*result.response) == R"({"hello":true})");
  world.answer(at("validateAuthData"), R"({"result":{"doNotSave":true}})");
  BOOST_TEST(provider.validate(AuthPhase::kLogin, object_of(kAuthData), {}).do_not_save);
}

BOOST_AUTO_TEST_CASE(an_answer_that_is_no_proper_one_logs_nobody_in) {
  World world;
  auth::Provider& provider = world.set_up("custom", options("\"validateAuthData\""));
  for (const char* answer :
       {R"({"result":false})", R"({"result":0})", R"({"result":"no"})", R"({"result":{"save":1}})", "[]", "", "null"}) {
    world.answer(at("validateAuthData"), answer);
    BOOST_TEST(login_failure(provider, kAuthData) == "141 An adapter gave no proper answer.", answer);
  }
  world.answer(at("validateAuthData"), Reply{.status = 500, .body = "{}"});
  BOOST_TEST(login_failure(provider, kAuthData) == "141 An adapter gave no proper answer.");
}

BOOST_AUTO_TEST_CASE(app_ids_are_checked_first) {
  World world;
  auth::Provider& provider =
      world.set_up("custom", options(R"("validateAuthData","validateAppId")", R"(,"appIds":["a"])"));
  world.answer(at("validateAuthData"), "{}");
  world.answer(at("validateAppId"), R"({"error":"Wrong app."})");
  BOOST_TEST(login_failure(provider, kAuthData) == "141 Wrong app.");
  BOOST_TEST(world.count(at("validateAuthData")) == 0);
  BOOST_TEST(arguments(world, "validateAppId").starts_with(R"([["a"],{"id":"u","token":"t"},)"));
}

BOOST_AUTO_TEST_CASE(three_phases_can_be_told_apart) {
  World world;
  auth::Provider& provider = world.set_up("custom", options(R"("validateSetUp","validateLogin","validateUpdate")"));
  for (const char* method : {"validateSetUp", "validateLogin", "validateUpdate"}) world.answer(at(method), "{}");
  provider.validate(AuthPhase::kSetUp, {}, {});
  provider.validate(AuthPhase::kLogin, {}, {});
  provider.validate(AuthPhase::kLogin, {}, {});
  provider.validate(AuthPhase::kUpdate, {}, {});
  BOOST_TEST(world.count(at("validateSetUp")) == 1);
  BOOST_TEST(world.count(at("validateLogin")) == 2);
  BOOST_TEST(world.count(at("validateUpdate")) == 1);
}

BOOST_AUTO_TEST_CASE(a_code_can_be_exchanged_before_users_are_looked_up) {
  World world;
  auth::Provider& provider = world.set_up("custom", options(R"("validateAuthData","beforeFind")"));
  world.answer(at("validateAuthData"), "{}");
  world.answer(at("beforeFind"), R"({"result":{"id":"from-code"}})");
  BOOST_TEST(object::to_json(log_in(provider, R"({"code":"c"})")) == R"({"id":"from-code"})");
  world.answer(at("beforeFind"), "{}");
  BOOST_TEST(object::to_json(log_in(provider, kAuthData)) == kAuthData);
  world.answer(at("beforeFind"), R"({"result":true})");
  BOOST_TEST(login_failure(provider, kAuthData) == "141 An adapter gave no proper answer.");
}

BOOST_AUTO_TEST_CASE(challenges_and_reading_go_to_the_adapter_when_it_lists_them) {
  World world;
  auth::Provider& provider = world.set_up("custom", options(R"("validateAuthData","challenge","afterFind")"));
  world.answer(at("challenge"), R"({"result":{"nonce":"n"}})");
  const auto answer = provider.challenge(Object{{"a", 1}}, nullptr, {});
  BOOST_TEST(object::to_json(*answer) == R"({"nonce":"n"})");
  BOOST_TEST(arguments(world, "challenge").starts_with(R"([{"a":1},null,{},)"));
  world.answer(at("afterFind"), R"({"result":{"id":"u"}})");
  BOOST_TEST(object::to_json(provider.after_find(object_of(kAuthData), false)) == R"({"id":"u"})");
  auth::Provider& plain = world.set_up("custom", options("\"validateAuthData\""));
  BOOST_TEST(!plain.challenge({}, nullptr, {}).has_value());
  BOOST_TEST(object::to_json(plain.after_find(object_of(kAuthData), false)) == kAuthData);
}

BOOST_AUTO_TEST_CASE(it_may_be_an_additional_or_the_only_way) {
  World world;
  const auto policy = [&](const std::string& more) {
    return world.set_up("custom", options("\"validateAuthData\"", more)).policy(nullptr);
  };
  BOOST_TEST((policy("") == auth::ProviderPolicy::kDefault));
  BOOST_TEST((policy(R"(,"policy":"solo")") == auth::ProviderPolicy::kSolo));
  BOOST_TEST((policy(R"(,"policy":"additional")") == auth::ProviderPolicy::kAdditional));
  BOOST_TEST(!world.providers.at("custom")->identifies_users());
}

BOOST_AUTO_TEST_CASE(bad_options_stop_the_start) {
  World world;
  const auto failure = [&](const std::string& given) { return failure_of([&] { world.set_up("custom", given); }); };
  const std::string incomplete =
      "'auth.custom' needs validateAuthData, or validateSetUp, validateLogin and validateUpdate, among http.methods";
  BOOST_TEST(failure(options("\"beforeFind\"")) == "-1 " + incomplete);
  BOOST_TEST(failure(options(R"("validateSetUp","validateLogin")")) == "-1 " + incomplete);
  BOOST_TEST(failure(options(R"("validateAuthData","validateIt")")) == "-1 'auth.custom' knows no method validateIt");
  BOOST_TEST(failure(options("\"validateAuthData\"", R"(,"policy":"none")")) ==
             "-1 'auth.custom' takes default, solo or additional as policy");
  BOOST_TEST(failure(R"({"http":{}})").starts_with("-1 'auth.custom' needs http.url"));
}

BOOST_AUTO_TEST_SUITE_END()
