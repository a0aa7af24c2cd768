#include <boost/test/unit_test.hpp>

#include "tests/api/account_app.h"

/// Holes that other implementations had, tried on this one. The numbers are those of the public advisories.
namespace parse::test {
namespace {

struct Fixture {
  AccountApp app;
  AccountApp::Person ann = app.sign_up("ann");
  AccountApp::Person bob = app.sign_up("bob");
};

BOOST_FIXTURE_TEST_SUITE(advisories, Fixture)

// GHSA-8xq9-g7ch-35hg
BOOST_AUTO_TEST_CASE(nobody_signs_up_with_an_id_that_reads_like_a_role) {
  rest::Settings settings;
  settings.allow_custom_object_id = true;
  AccountApp custom(std::move(settings), {});
  const char* body = R"({"objectId":"role:Admins","username":"eve","password":"x"})";
  BOOST_TEST(custom.code(custom.post("/users", body)) == 119);
  BOOST_TEST(custom.code(custom.post("/classes/_User", body, custom.kMaster)) == 119);
}

// GHSA-7xg7-rqf6-pw6c, GHSA-5f92-jrq3-28rc
BOOST_AUTO_TEST_CASE(classes_of_the_server_are_closed_on_every_way) {
  for (const char* name : {"_GraphQLConfig", "_Audience", "_Hooks", "_JobStatus", "_PushStatus", "_GlobalConfig",
                           "_JobSchedule", "_Idempotency", "_Join:users:_Role"}) {
    BOOST_TEST_CONTEXT(name) {
      const std::string path = std::string("/classes/") + name;
      BOOST_TEST(app.code(app.get(path, ann.fields)) == 119);
      BOOST_TEST(app.code(app.get(path + "/1", ann.fields)) == 119);
      BOOST_TEST(app.code(app.post(path, "{}", ann.fields)) == 119);
      BOOST_TEST(app.code(app.put(path + "/1", "{}", ann.fields)) == 119);
      BOOST_TEST(app.code(app.remove(path + "/1", ann.fields)) == 119);
      BOOST_TEST(app.get("/schemas/" + std::string(name), ann.fields).status == 403);
      BOOST_TEST(app.get("/aggregate/" + std::string(name), ann.fields).status == 403);
      const std::string batch = R"({"requests":[{"method":"POST","path":"/parse)" + path + R"(","body":{}}]})";
      BOOST_TEST(app.post("/batch", batch, ann.fields).body.find("119") != std::string::npos);
    }
  }
}

// GHSA-fcv6-fg5r-jm9q
BOOST_AUTO_TEST_CASE(a_pointer_to_a_class_of_the_server_shows_nothing_of_it) {
  const std::string session = app.member(app.get("/sessions/me", bob.fields), "objectId").as<std::string>();
  const std::string to_session = app.create("Trap", R"({"to":)" + app.pointer("_Session", session) + "}", app.kMaster);
  const std::string body = app.get("/classes/Trap/" + to_session + "?include=to", ann.fields).body;
  BOOST_TEST(body.find(bob.token) == std::string::npos);
  BOOST_TEST(app.code(app.post("/classes/Lure", R"({"to":)" + app.pointer("_GlobalConfig", "1") + "}")) == 103);
}

// GHSA-6r2j-cxgf-495f
BOOST_AUTO_TEST_CASE(a_redirected_query_keeps_the_rules_of_its_target) {
  const std::string add = R"({"all":{"__op":"AddRelation","objects":[)";
  app.create("Door", add + app.pointer("_Session", "x") + "]}}", app.kMaster);
  const std::string found = app.get("/classes/Door?redirectClassNameForKey=all", ann.fields).body;
  BOOST_TEST(found.find(bob.token) == std::string::npos);
  BOOST_TEST(app.code(app.get("/classes/Door?redirectClassNameForKey=all")) == 209);
  BOOST_TEST(app.code(app.post("/classes/Gate", add + app.pointer("_Hooks", "x") + "]}}")) == 103);
}

// GHSA-5fw2-8jcv-xh87, GHSA-vgjh-hmwf-c588: operators are values like others where a text is expected.
BOOST_AUTO_TEST_CASE(operators_in_credentials_find_nobody) {
  for (const char* body :
       {R"({"username":{"$ne":""},"password":"secret"})", R"({"email":{"$exists":false},"password":"secret"})",
        R"({"username":["ann"],"password":"secret"})", R"({"username":"ann","password":{"$regex":""}})"}) {
    BOOST_TEST(app.code(app.post("/login", body)) == 101);
  }
  auto fields = app.kPublic;
  fields.emplace_back("X-Parse-Session-Token", R"({"$ne":""})");
  BOOST_TEST(app.code(app.get("/users/me", fields)) == 209);
  BOOST_TEST(
      app.post("/classes/_User", R"({"_ApplicationId":"app","_method":"GET","_SessionToken":{"$ne":""}})", {}).status ==
      403);
}

// GHSA-2m6g-crv8-p3c6: internal columns cannot be asked for by anybody but the keys.
BOOST_AUTO_TEST_CASE(internal_columns_are_no_part_of_a_query) {
  for (const char* field : {"_hashed_password", "_perishable_token", "_email_verify_token", "_failed_login_count",
                            "_session_token", "_password_history"}) {
    BOOST_TEST_CONTEXT(field) {
      const std::string where = R"(where={")" + std::string(field) + R"(":{"$exists":true}})";
      BOOST_TEST(app.code(app.get("/users?" + where, ann.fields)) == 105);
      BOOST_TEST(app.code(app.get("/users?order=" + std::string(field), ann.fields)) == 105);
      BOOST_TEST(app.get("/users?keys=" + std::string(field), ann.fields).body.find(field) == std::string::npos);
      BOOST_TEST(app.get("/users?keys=" + std::string(field), app.kMaster).body.find(field) == std::string::npos);
    }
  }
  BOOST_TEST(app.code(app.get(R"(/users?where={"authData.anonymous.id":{"$exists":false}})", ann.fields)) == 119);
}

// GHSA-2299-ghjr-6vjp's kin: a refused create leaves nothing behind.
BOOST_AUTO_TEST_CASE(a_closed_class_gets_no_field_from_a_refused_create) {
  app.create("Safe", "{}", app.kMaster);
  app.set_permissions("Safe", R"({"create":{},"addField":{"*":true},"find":{"*":true}})");
  BOOST_TEST(app.code(app.post("/classes/Safe", R"({"planted":1})", ann.fields)) == 119);
  BOOST_TEST(app.get("/schemas/Safe", app.kMaster).body.find("planted") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_plan_of_a_query_is_for_the_master_key) {
  BOOST_TEST(app.code(app.get("/classes/_User?explain=true", ann.fields)) == 102);
}

// CVE-2026-29182, CVE-2026-30228, CVE-2026-30229
BOOST_AUTO_TEST_CASE(the_read_only_key_makes_no_session_for_another) {
  BOOST_TEST(app.code(app.post("/loginAs", R"({"userId":")" + ann.id + R"("})", app.kReadOnly)) == 119);
  BOOST_TEST(app.code(app.post("/sessions", "{}", app.kReadOnly)) == 119);
  BOOST_TEST(app.code(app.post("/roles", R"({"name":"x","ACL":{}})", app.kReadOnly)) == 119);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace parse::test
