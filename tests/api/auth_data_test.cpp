#include <algorithm>
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <latch>
#include <thread>

#include "tests/api/account_app.h"

namespace parse::test {
namespace {

using object::Object;

/// Believes everybody who knows `"proof": "right"`.
class Club final : public auth::Provider {
 public:
  auth::ProviderResult validate(auth::AuthPhase, const Object& data, const auth::ProviderRequest&) override {
    const object::Value* proof = data.find("proof");
    if (proof == nullptr || !(*proof == object::Value("right"))) {
      throw Error(ErrorCode::kObjectNotFound, "Club auth is invalid for this user.");
    }
    return {.save = Object{{"id", data.at("id")}}};
  }
};

/// Wanted on top of every login once it is set up; its one code is good once.
class Seal final : public auth::Provider {
 public:
  auth::ProviderPolicy policy(const Object*) const override { return auth::ProviderPolicy::kAdditional; }
  bool identifies_users() const override { return false; }
  auth::ProviderResult validate(auth::AuthPhase phase, const Object& data, const auth::ProviderRequest& who) override {
    if (phase == auth::AuthPhase::kSetUp) return {.save = Object{{"code", data.at("code")}}};
    const Object stored = who.user->at("authData").as<Object>().at("seal").as<Object>();
    const object::Value* code = stored.find("code");
    if (code == nullptr || !(*code == data.at("code"))) throw Error(ErrorCode::kScriptFailed, "Invalid seal");
    return {.save = Object{{"used", true}}, .single_use = true};
  }
  Object after_find(Object, bool) const override { return Object{{"status", "enabled"}}; }
};

auth::Providers providers() {
  auth::Providers made;
  made.emplace("club", std::make_unique<Club>());
  made.emplace("seal", std::make_unique<Seal>());
  return made;
}

struct Fixture {
  AccountApp app{{}, {}, {.providers = providers()}};

  http::Response join(const std::string& id, const std::string& proof = "right") {
    return app.post("/users", R"({"authData":{"club":{"id":")" + id + R"(","proof":")" + proof + R"("}}})");
  }
  /// How many of `count` requests at the same time end with status 200 or 201.
  template <typename Ask>
  int succeed(int count, Ask ask) {
    std::atomic<int> good = 0;
    std::latch start(count);
    {
      std::vector<std::jthread> callers;
      for (int i = 0; i < count; ++i) {
        callers.emplace_back([&] {
          start.arrive_and_wait();
          if (ask().status < 300) ++good;
        });
      }
    }
    return good;
  }
};

BOOST_FIXTURE_TEST_SUITE(auth_data, Fixture)

BOOST_AUTO_TEST_CASE(the_first_login_makes_a_user_and_the_next_ones_find_him) {
  const auto first = join("7");
  BOOST_TEST(first.status == 201);
  const auto second = join("7");
  BOOST_TEST(second.status == 200);
  BOOST_TEST((app.member(first, "objectId") == app.member(second, "objectId")));
}

// GHSA-pfj7-wv7c-22pr: an id that is known proves nothing.
BOOST_AUTO_TEST_CASE(a_known_id_without_proof_logs_nobody_in) {
  join("7");
  BOOST_TEST(app.code(app.post("/users", R"({"authData":{"club":{"id":"7"}}})")) == 101);
}

// GHSA-5fw2-8jcv-xh87
BOOST_AUTO_TEST_CASE(an_operator_in_place_of_an_id_is_refused) {
  join("7");
  BOOST_TEST(app.code(app.post("/users", R"({"authData":{"club":{"id":{"$gt":""},"proof":"right"}}})")) == 162);
}

// GHSA-g4cf-xj29-wqqr
BOOST_AUTO_TEST_CASE(an_unknown_provider_is_refused) {
  BOOST_TEST(app.code(app.post("/users", R"({"authData":{"other":{"id":"7"}}})")) == 252);
}

// GHSA-8w3j-g983-8jh5: whether an account is linked is told only to who holds it.
BOOST_AUTO_TEST_CASE(only_the_holder_of_an_account_learns_that_it_is_linked) {
  join("7");
  const auto ann = app.sign_up("ann");
  const auto link = [&](const char* proof) {
    return app.code(app.put("/users/" + ann.id,
                            R"({"authData":{"club":{"id":"7","proof":")" + std::string(proof) + R"("}}})", ann.fields));
  };
  BOOST_TEST(link("wrong") == 101);
  BOOST_TEST(link("right") == 208);
}

// GHSA-23r4-5mxp-c7g5
BOOST_AUTO_TEST_CASE(a_session_names_the_provider_that_opened_it) {
  const auto me = app.person("", app.member(join("7"), "sessionToken").as<std::string>());
  BOOST_TEST(app.get("/sessions/me", me.fields).body.find(R"("authProvider":"club")") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(of_many_signups_with_one_account_one_makes_the_user) {
  succeed(16, [&] { return join("7"); });
  BOOST_TEST(app.count_found("/users", app.kMaster) == 1U);
}

// GHSA-2299-ghjr-6vjp, GHSA-w73w-g5xw-rwhf, GHSA-jpq4-7fmq-q5fj
BOOST_AUTO_TEST_CASE(of_many_uses_of_one_code_one_succeeds) {
  const auto ann = app.sign_up("ann");
  app.put("/users/" + ann.id, R"({"authData":{"seal":{"code":"1234"}}})", ann.fields);
  BOOST_TEST(app.code(app.post("/login", R"({"username":"ann","password":"secret"})")) == -1);
  const char* login = R"({"username":"ann","password":"secret","authData":{"seal":{"code":"1234"}}})";
  BOOST_TEST(succeed(16, [&] { return app.post("/login", login); }) == 1);
}

BOOST_AUTO_TEST_CASE(of_many_logins_by_account_with_one_code_one_succeeds) {
  const auto me = app.person("", app.member(join("7"), "sessionToken").as<std::string>());
  const std::string id = app.member(app.get("/users/me", me.fields), "objectId").as<std::string>();
  app.put("/users/" + id, R"({"authData":{"seal":{"code":"1234"}}})", me.fields);
  BOOST_TEST(app.code(join("7")) == -1);
  const char* both = R"({"authData":{"club":{"id":"7","proof":"right"},"seal":{"code":"1234"}}})";
  BOOST_TEST(succeed(16, [&] { return app.post("/users", both); }) == 1);
}

// GHSA-mw9v-j7v7-vh97
BOOST_AUTO_TEST_CASE(an_additional_provider_is_removed_by_the_master_key_only) {
  const auto ann = app.sign_up("ann");
  app.put("/users/" + ann.id, R"({"authData":{"seal":{"code":"1234"}}})", ann.fields);
  BOOST_TEST(app.code(app.put("/users/" + ann.id, R"({"authData":{"seal":null}})", ann.fields)) == 119);
  BOOST_TEST(app.put("/users/" + ann.id, R"({"authData":{"seal":null}})", app.kMaster).status == 200);
  BOOST_TEST(app.post("/login", R"({"username":"ann","password":"secret"})").status == 200);
}

// GHSA-37mj-c2wf-cx96, GHSA-wp76-gg32-8258
BOOST_AUTO_TEST_CASE(no_answer_shows_what_a_provider_keeps_secret) {
  const auto ann = app.sign_up("ann");
  app.put("/users/" + ann.id, R"({"authData":{"seal":{"code":"1234"}}})", ann.fields);
  const std::string login = R"({"username":"ann","password":"secret"})";
  for (const std::string& body : {app.get("/users/me", ann.fields).body, app.get("/users/" + ann.id, ann.fields).body,
                                  app.post("/verifyPassword", login).body}) {
    BOOST_TEST(body.find("1234") == std::string::npos);
    BOOST_TEST(body.find("enabled") != std::string::npos);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace parse::test
