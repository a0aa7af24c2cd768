#include <boost/test/unit_test.hpp>

#include "tests/api/test_app.h"

using parse::test::TestApp;

namespace {

/// Status and body in one text, for comparing whole answers.
std::string answer(const parse::http::Response& response) {
  return std::to_string(response.status) + " " + response.body;
}

std::string refusal(int code, const std::string& message) {
  return R"(400 {"code":)" + std::to_string(code) + R"(,"error":")" + message + "\"}";
}

parse::rest::Settings with_lock() {
  parse::rest::Settings settings;
  settings.lock_schemas = true;
  return settings;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(api_schemas)

BOOST_AUTO_TEST_CASE(a_new_class_is_answered_whole_and_listed_from_then_on) {
  TestApp app;
  const auto made = app.post("/schemas/Game",
                             R"({"className":"Game","fields":{"score":{"type":"Number","required":true}},)"
                             R"("indexes":{"s":{"score":1}},"classLevelPermissions":{"find":{"*":true}}})",
                             TestApp::kMaster);
  constexpr const char* kStart =
      R"(200 {"className":"Game","fields":{"objectId":{"type":"String"},"createdAt":{"type":"Date"},)"
      R"("updatedAt":{"type":"Date"},"ACL":{"type":"ACL"},"score":{"type":"Number","required":true}},)"
      R"("classLevelPermissions":{"find":{"*":true},"get":{},"count":{},"create":{},"update":{},"delete":{},)"
      R"("addField":{},"protectedFields":{}},"indexes":{"s":{"score":1})";
  BOOST_TEST(answer(made) == std::string(kStart) + "}}");
  BOOST_TEST(answer(app.get("/schemas/Game", TestApp::kMaster)) == std::string(kStart) + R"(,"_id_":{"_id":1}}})");
}

BOOST_AUTO_TEST_CASE(the_list_leaves_out_the_classes_of_the_server) {
  TestApp app;
  app.post("/schemas/Game", "{}", TestApp::kMaster);
  std::string names;
  const auto results = TestApp::member(app.get("/schemas", TestApp::kMaster), "results");
  for (const auto& item : results.as<parse::object::Array>())
    names += item.as<parse::object::Object>().at("className").as<std::string>() + " ";
  BOOST_TEST(names == "Game _Role _User ");
  BOOST_TEST(app.get("/schemas/_Hooks", TestApp::kMaster).status == 200);
}

BOOST_AUTO_TEST_CASE(class_names_in_path_and_body_must_agree_and_one_must_be_there) {
  TestApp app;
  BOOST_TEST(answer(app.post("/schemas", R"({"className":"Game"})", TestApp::kMaster)).starts_with("200 "));
  BOOST_TEST(answer(app.post("/schemas", "{}", TestApp::kMaster)) == refusal(135, "POST /schemas needs a class name."));
  BOOST_TEST(answer(app.post("/schemas/Game", R"({"className":"Other"})", TestApp::kMaster)) ==
             refusal(103, "Class name mismatch between Other and Game."));
  BOOST_TEST(answer(app.put("/schemas/Game", R"({"className":3})", TestApp::kMaster)) ==
             refusal(103, "Class name mismatch between 3 and Game."));
  BOOST_TEST(answer(app.post("/schemas/Game", "{}", TestApp::kMaster)) == refusal(103, "Class Game already exists."));
  BOOST_TEST(answer(app.get("/schemas/Nope", TestApp::kMaster)) == refusal(103, "Class Nope does not exist."));
}

BOOST_AUTO_TEST_CASE(fields_and_indexes_are_added_and_deleted) {
  TestApp app;
  app.post("/schemas/Game", R"({"fields":{"a":{"type":"String"}}})", TestApp::kMaster);
  app.create("Game", R"({"a":"x"})");
  const auto edited = app.put("/schemas/Game",
                              R"({"fields":{"a":{"__op":"Delete"},"b":{"type":"Number","defaultValue":3}},)"
                              R"("indexes":{"by_b":{"b":-1,"_options":{"unique":true}}}})",
                              TestApp::kMaster);
  BOOST_TEST(edited.status == 200);
  BOOST_TEST(edited.body.find(R"("b":{"type":"Number","defaultValue":3})") != std::string::npos);
  BOOST_TEST(edited.body.find(R"("by_b":{"b":-1,"_options":{"unique":true}})") != std::string::npos);
  BOOST_TEST(edited.body.find(R"("a":)") == std::string::npos);
  const auto results = TestApp::member(app.get("/classes/Game"), "results");
  BOOST_TEST(!results.as<parse::object::Array>().front().as<parse::object::Object>().contains("a"));
}

BOOST_AUTO_TEST_CASE(only_an_empty_class_can_be_dropped_and_purge_empties_it) {
  TestApp app;
  app.create("Game", R"({"a":"x"})");
  BOOST_TEST(answer(app.remove("/schemas/Game", TestApp::kMaster)) ==
             refusal(255, "Class Game is not empty, contains 1 objects, cannot drop schema."));
  BOOST_TEST(answer(app.remove("/purge/Game", TestApp::kMaster)) == "200 {}");
  BOOST_TEST(answer(app.get("/classes/Game")) == R"(200 {"results":[]})");
  BOOST_TEST(answer(app.remove("/schemas/Game", TestApp::kMaster)) == "200 {}");
  BOOST_TEST(answer(app.remove("/schemas/Game", TestApp::kMaster)) == "200 {}");
  BOOST_TEST(answer(app.remove("/purge/Game", TestApp::kMaster)) == "200 {}");
}

BOOST_AUTO_TEST_CASE(schemas_and_purge_need_the_master_key) {
  TestApp app;
  for (const TestApp::Fields& caller : {TestApp::kPublic, TestApp::kMaintenance}) {
    BOOST_TEST(app.get("/schemas", caller).status == 403);
    BOOST_TEST(app.get("/schemas/_User", caller).status == 403);
    BOOST_TEST(app.post("/schemas/Game", "{}", caller).status == 403);
    BOOST_TEST(app.put("/schemas/_User", "{}", caller).status == 403);
    BOOST_TEST(app.remove("/schemas/_User", caller).status == 403);
    BOOST_TEST(app.remove("/purge/_User", caller).status == 403);
  }
}

BOOST_AUTO_TEST_CASE(the_read_only_master_key_reads_and_does_not_write) {
  TestApp app;
  BOOST_TEST(app.get("/schemas", TestApp::kReadOnly).status == 200);
  BOOST_TEST(app.get("/schemas/_User", TestApp::kReadOnly).status == 200);
  BOOST_TEST(TestApp::code(app.post("/schemas/Game", "{}", TestApp::kReadOnly)) == 119);
  BOOST_TEST(TestApp::code(app.put("/schemas/_User", "{}", TestApp::kReadOnly)) == 119);
  BOOST_TEST(TestApp::code(app.remove("/schemas/_User", TestApp::kReadOnly)) == 119);
  BOOST_TEST(TestApp::code(app.remove("/purge/_User", TestApp::kReadOnly)) == 119);
}

BOOST_AUTO_TEST_CASE(locked_schemas_refuse_every_change) {
  TestApp app(with_lock());
  const std::string locked = refusal(119, "Cannot perform this operation when schemas options is used.");
  BOOST_TEST(answer(app.post("/schemas/Game", "{}", TestApp::kMaster)) == locked);
  BOOST_TEST(answer(app.put("/schemas/_User", "{}", TestApp::kMaster)) == locked);
  BOOST_TEST(answer(app.remove("/schemas/_User", TestApp::kMaster)) == locked);
  BOOST_TEST(app.get("/schemas/_User", TestApp::kMaster).status == 200);
}

BOOST_AUTO_TEST_SUITE_END()
