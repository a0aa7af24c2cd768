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

BOOST_AUTO_TEST_CASE(only_the_master_key_sees_them) {
  TestApp app;
  BOOST_TEST(app.get("/queryStats").status == 403);
}

BOOST_AUTO_TEST_SUITE_END()
