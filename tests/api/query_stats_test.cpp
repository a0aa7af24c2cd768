#include <boost/test/unit_test.hpp>

#include "tests/api/test_app.h"

using parse::test::TestApp;

BOOST_AUTO_TEST_SUITE(query_stats)

BOOST_AUTO_TEST_CASE(queries_are_recorded_by_shape_and_without_values) {
  TestApp app;
  app.post("/classes/Game", R"({"name":"secret"})");
  app.remove("/queryStats", TestApp::kMaster);
  for (const char* name : {"secret", "other"})
    app.get(R"(/classes/Game?order=-createdAt&where={"name":")" + std::string(name) + "\"}");
  const auto answer = app.get("/queryStats", TestApp::kMaster);
  BOOST_TEST(answer.body.find("secret") == std::string::npos);
  const auto results = TestApp::member(answer, "results").as<parse::object::Array>();
  BOOST_REQUIRE_EQUAL(results.size(), 1U);
  const auto& shape = results[0].as<parse::object::Object>();
  BOOST_TEST((shape.at("className") == parse::object::Value("Game")));
  BOOST_TEST((shape.at("where") == parse::object::parse_json(R"({"name":["$eq"],"_rperm":["$in"]})")));
  BOOST_TEST((shape.at("count") == parse::object::Value(2)));
}

BOOST_AUTO_TEST_CASE(rows_examined_by_full_scans_are_told_and_those_behind_an_index_are_not) {
  TestApp app;
  for (int i = 0; i < 10; ++i) app.post("/classes/Game", R"({"n":)" + std::to_string(i) + "}");
  app.remove("/queryStats", TestApp::kMaster);
  app.get(R"(/classes/Game?where={"n":3})", TestApp::kMaster);
  app.get(R"(/classes/Game?where={"n":3}&count=1&limit=0)", TestApp::kMaster);
  app.get(R"(/classes/Game?where={"objectId":"x"})", TestApp::kMaster);
  const auto results = TestApp::member(app.get("/queryStats", TestApp::kMaster), "results");
  for (const auto& result : results.as<parse::object::Array>()) {
    const auto& shape = result.as<parse::object::Object>();
    const bool is_by_id = shape.at("where").as<parse::object::Object>().contains("objectId");
    const parse::object::Value* examined = shape.find("examined");
    BOOST_REQUIRE_EQUAL(examined == nullptr, is_by_id);
    if (!is_by_id) BOOST_TEST((*examined == parse::object::Value(10)));
  }
}

BOOST_AUTO_TEST_CASE(only_the_master_key_sees_them) {
  TestApp app;
  BOOST_TEST(app.get("/queryStats").status == 403);
}

BOOST_AUTO_TEST_SUITE_END()
