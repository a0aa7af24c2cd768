#include <boost/test/unit_test.hpp>

#include "tests/api/test_app.h"

using parse::test::TestApp;

BOOST_AUTO_TEST_SUITE(keys)

BOOST_AUTO_TEST_CASE(a_request_without_app_id_is_unauthorized) {
  TestApp app;
  const auto response = app.get("/classes/Game", {});
  BOOST_TEST(response.status == 403);
  BOOST_TEST(response.body == R"({"error":"unauthorized"})");
}

BOOST_AUTO_TEST_CASE(an_unknown_app_id_is_unauthorized) {
  TestApp app;
  BOOST_TEST(app.get("/classes/Game", {{"X-Parse-Application-Id", "other"}}).status == 403);
}

BOOST_AUTO_TEST_CASE(the_master_key_is_refused_from_an_address_that_is_not_listed) {
  TestApp app;
  app.client_ip = "10.1.2.3";
  BOOST_TEST(app.get("/serverInfo", TestApp::kMaster).status == 403);
  BOOST_TEST(app.get("/serverInfo", TestApp::kReadOnly).status == 403);
  BOOST_TEST(app.get("/classes/Game", TestApp::kMaintenance).status == 403);
  BOOST_TEST(app.get("/classes/Game").status == 200);
}

BOOST_AUTO_TEST_CASE(a_wrong_master_key_is_an_ordinary_client) {
  TestApp app;
  const TestApp::Fields fields{{"X-Parse-Application-Id", "app"}, {"X-Parse-Master-Key", "guess"}};
  BOOST_TEST(app.get("/classes/Game", fields).status == 200);
  BOOST_TEST(app.get("/serverInfo", fields).body == R"({"error":"Permission denied"})");
}

BOOST_AUTO_TEST_CASE(basic_authorization_carries_app_id_and_master_key) {
  TestApp app;
  // app:master
  BOOST_TEST(app.get("/serverInfo", {{"Authorization", "Basic YXBwOm1hc3Rlcg=="}}).status == 200);
  // other:master
  BOOST_TEST(app.get("/serverInfo", {{"Authorization", "Basic b3RoZXI6bWFzdGVy"}}).status == 403);
}

BOOST_AUTO_TEST_CASE(a_configured_client_key_must_be_sent) {
  parse::api::Settings settings;
  settings.keys.javascript_key = "js";
  settings.keys.rest_api_key = "rest";
  TestApp app({}, std::move(settings));
  BOOST_TEST(app.get("/classes/Game").status == 403);
  BOOST_TEST(app.get("/classes/Game", {{"X-Parse-Application-Id", "app"}, {"X-Parse-Javascript-Key", "js"}}).status ==
             200);
  BOOST_TEST(app.get("/classes/Game", {{"X-Parse-Application-Id", "app"}, {"X-Parse-REST-API-Key", "rest"}}).status ==
             200);
  BOOST_TEST(app.get("/classes/Game", {{"X-Parse-Application-Id", "app"}, {"X-Parse-REST-API-Key", "js"}}).status ==
             403);
  BOOST_TEST(app.get("/classes/Game", TestApp::kMaster).status == 200);
}

BOOST_AUTO_TEST_CASE(the_read_only_master_key_reads_but_does_not_write) {
  TestApp app;
  const std::string id = app.create("Game", R"({"ACL":{}})", TestApp::kMaster);
  BOOST_TEST(app.get("/classes/Game/" + id, TestApp::kReadOnly).status == 200);
  BOOST_TEST(TestApp::code(app.post("/classes/Game", "{}", TestApp::kReadOnly)) == 119);
  BOOST_TEST(TestApp::code(app.put("/classes/Game/" + id, "{}", TestApp::kReadOnly)) == 119);
  BOOST_TEST(TestApp::code(app.remove("/classes/Game/" + id, TestApp::kReadOnly)) == 119);
  BOOST_TEST(TestApp::code(app.put("/config", R"({"params":{"a":1}})", TestApp::kReadOnly)) == 119);
}

BOOST_AUTO_TEST_CASE(a_session_token_is_invalid_while_there_are_no_sessions) {
  TestApp app;
  const TestApp::Fields fields{{"X-Parse-Application-Id", "app"},
                               {"X-Parse-Session-Token", "r:0123456789abcdef0123456789abcdef"}};
  BOOST_TEST(TestApp::code(app.get("/classes/Game", fields)) == 209);
}

BOOST_AUTO_TEST_CASE(a_cloud_context_that_is_no_object_is_refused) {
  TestApp app;
  const TestApp::Fields fields{{"X-Parse-Application-Id", "app"}, {"X-Parse-Cloud-Context", "[1]"}};
  const auto response = app.get("/classes/Game", fields);
  BOOST_TEST(response.body == R"({"code":107,"error":"Invalid object for context."})");
}

BOOST_AUTO_TEST_SUITE_END()
