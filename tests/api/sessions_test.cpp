#include <boost/test/unit_test.hpp>

#include "tests/api/account_app.h"

namespace parse::test {
namespace {

struct Fixture {
  AccountApp app;
  AccountApp::Person ann = app.sign_up("ann");
  AccountApp::Person bob = app.sign_up("bob");

  std::string session_of(const AccountApp::Person& person) {
    return app.member(app.get("/sessions/me", person.fields), "objectId").as<std::string>();
  }
  std::int64_t change(const std::string& body) {
    return app.code(app.put("/sessions/" + session_of(ann), body, ann.fields));
  }
};

BOOST_FIXTURE_TEST_SUITE(sessions, Fixture)

BOOST_AUTO_TEST_CASE(a_user_sees_his_own_sessions_only) {
  BOOST_TEST(app.count_found("/sessions", ann.fields) == 1U);
  BOOST_TEST(app.code(app.get("/sessions/" + session_of(bob), ann.fields)) == 101);
  BOOST_TEST(app.code(app.get("/sessions")) == 209);
  BOOST_TEST(app.count_found("/sessions", app.kMaster) == 2U);
}

BOOST_AUTO_TEST_CASE(a_user_cannot_end_the_session_of_another) {
  BOOST_TEST(app.code(app.remove("/sessions/" + session_of(bob), ann.fields)) == 101);
  BOOST_TEST(app.get("/users/me", bob.fields).status == 200);
}

BOOST_AUTO_TEST_CASE(deleting_a_session_ends_it_at_once) {
  BOOST_TEST(app.remove("/sessions/" + session_of(ann), ann.fields).status == 200);
  BOOST_TEST(app.code(app.get("/users/me", ann.fields)) == 209);
}

BOOST_AUTO_TEST_CASE(deleting_a_session_whose_token_is_a_protected_field_ends_it_at_once) {
  rest::Settings settings;
  settings.protection.fields = object::Object{{"_Session", object::Object{{"*", object::Array{"sessionToken"}}}}};
  AccountApp hiding(std::move(settings));
  const AccountApp::Person eve = hiding.sign_up("eve");
  const auto mine = hiding.get("/sessions/me", eve.fields);
  BOOST_TEST(!object::parse_json(mine.body).as<object::Object>().contains("sessionToken"));
  const std::string id = hiding.member(mine, "objectId").as<std::string>();
  BOOST_TEST(hiding.remove("/sessions/" + id, eve.fields).status == 200);
  BOOST_TEST(hiding.code(hiding.get("/users/me", eve.fields)) == 209);
}

BOOST_AUTO_TEST_CASE(a_session_deleted_with_the_master_key_ends_at_once) {
  BOOST_TEST(app.get("/users/me", ann.fields).status == 200);
  BOOST_TEST(app.remove("/sessions/" + session_of(ann), app.kMaster).status == 200);
  BOOST_TEST(app.code(app.get("/users/me", ann.fields)) == 209);
}

// GHSA-6w4q-23cf-j9jp, GHSA-5v7g-9h8f-8pgg, GHSA-f6j3-w9v3-cq22: null and Delete count as values too.
BOOST_AUTO_TEST_CASE(what_identifies_a_session_cannot_be_changed) {
  for (const char* value : {"null", R"("x")", R"({"__op":"Delete"})", "false", "0", R"("")"}) {
    for (const char* field : {"ACL", "user", "installationId", "sessionToken", "expiresAt", "createdWith"}) {
      BOOST_TEST_CONTEXT(field << " = " << value) {
        BOOST_TEST(change(R"({")" + std::string(field) + R"(":)" + value + "}") == 105);
      }
    }
  }
  BOOST_TEST(change(R"({"user":)" + app.pointer("_User", bob.id) + "}") == 105);
}

BOOST_AUTO_TEST_CASE(a_new_session_belongs_to_its_maker_whatever_the_body_says) {
  const std::string body = R"({"user":)" + app.pointer("_User", bob.id) +
                           R"(,"sessionToken":"r:chosen","expiresAt":null,"createdWith":{"action":"login"}})";
  const auto made = app.post("/sessions", body, ann.fields);
  BOOST_TEST(made.status == 201);
  const std::string token = app.member(made, "sessionToken").as<std::string>();
  BOOST_TEST(token != "r:chosen");
  const auto fields = app.person("", token).fields;
  BOOST_TEST(app.member(app.get("/users/me", fields), "objectId").as<std::string>() == ann.id);
  BOOST_TEST(app.get("/sessions/me", fields).body.find("expiresAt") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_expired_session_is_refused) {
  app.now += 366LL * 24 * 3600 * 1000;
  const auto response = app.get("/classes/Game", ann.fields);
  BOOST_TEST(app.code(response) == 209);
  BOOST_TEST(app.member(response, "error").as<std::string>() == "Session token is expired.");
}

BOOST_AUTO_TEST_CASE(a_second_login_on_an_installation_ends_the_first_session) {
  auto fields = app.kPublic;
  fields.emplace_back("X-Parse-Installation-Id", "phone");
  const char* login = R"({"username":"ann","password":"secret"})";
  const std::string first = app.member(app.post("/login", login, fields), "sessionToken").as<std::string>();
  BOOST_TEST(app.get("/users/me", app.person("", first).fields).status == 200);
  app.post("/login", login, fields);
  BOOST_TEST(app.code(app.get("/users/me", app.person("", first).fields)) == 209);
  BOOST_TEST(app.get("/users/me", ann.fields).status == 200);
}

BOOST_AUTO_TEST_CASE(an_unknown_token_is_refused_everywhere_but_at_login) {
  const auto fields = app.person("", "r:unknown").fields;
  BOOST_TEST(app.code(app.get("/classes/Game", fields)) == 209);
  BOOST_TEST(app.code(app.post("/logout", "{}", fields)) == 209);
  BOOST_TEST(app.post("/login", R"({"username":"ann","password":"secret"})", fields).status == 200);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace parse::test
