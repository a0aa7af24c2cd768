#include <boost/test/unit_test.hpp>

#include "tests/api/test_app.h"

using parse::test::TestApp;

BOOST_AUTO_TEST_SUITE(tunnelling)

BOOST_AUTO_TEST_CASE(a_post_with_method_get_finds) {
  TestApp app;
  app.create("Game", R"({"score":1})");
  app.create("Game", R"({"score":2})");
  const auto response =
      app.post("/classes/Game",
               R"({"_method":"GET","_ApplicationId":"app","_ClientVersion":"js8.5.0","_InstallationId":"i",)"
               R"("where":{"score":2}})",
               {{"Content-Type", "text/plain"}});
  BOOST_TEST(response.status == 200);
  BOOST_TEST(TestApp::member(response, "results").as<parse::object::Array>().size() == 1U);
}

BOOST_AUTO_TEST_CASE(tunnelled_keys_are_not_stored) {
  TestApp app;
  const auto created = app.post(
      "/classes/Game", R"({"_ApplicationId":"app","_JavaScriptKey":"k","_RevocableSession":"1","score":1})", {});
  BOOST_REQUIRE(created.status == 201);
  const std::string id = TestApp::member(created, "objectId").as<std::string>();
  const auto stored = app.get("/classes/Game/" + id);
  BOOST_TEST(stored.body.find("_") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_tunnelled_master_key_counts) {
  TestApp app;
  const auto response =
      app.post("/serverInfo", R"({"_method":"GET","_ApplicationId":"app","_MasterKey":"master"})", {});
  BOOST_TEST(response.status == 200);
}

BOOST_AUTO_TEST_CASE(tunnelled_keys_of_another_type_are_unauthorized) {
  TestApp app;
  for (const char* key : {"_InstallationId", "_SessionToken", "_MasterKey", "_ContentType"}) {
    const std::string body = std::string(R"({"_ApplicationId":"app",")") + key + R"(":{"$ne":1}})";
    BOOST_TEST(app.post("/classes/Game", body, {}).status == 403, key);
  }
}

BOOST_AUTO_TEST_CASE(method_override_works_on_post_only) {
  TestApp app;
  const std::string id = app.create("Game", "{}");
  BOOST_TEST(app.post("/classes/Game/" + id, R"({"_method":"delete"})").status == 200);
  BOOST_TEST(app.get("/classes/Game/" + id).status == 404);
}

BOOST_AUTO_TEST_CASE(one_doubled_slash_behind_the_mount_is_dropped) {
  TestApp app;
  BOOST_TEST(app.get("//classes/Game").status == 200);
}

BOOST_AUTO_TEST_CASE(an_unknown_path_is_404_and_does_not_name_a_code) {
  TestApp app;
  const auto response = app.get("/nothing");
  BOOST_TEST(response.status == 404);
  BOOST_TEST(response.body.find("code") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
