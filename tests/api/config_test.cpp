#include <boost/test/unit_test.hpp>

#include "tests/api/test_app.h"

using parse::test::TestApp;

BOOST_AUTO_TEST_SUITE(config)

BOOST_AUTO_TEST_CASE(an_unset_config_is_empty) {
  TestApp app;
  BOOST_TEST(app.get("/config").body == R"({"params":{}})");
}

BOOST_AUTO_TEST_CASE(parameters_merge_key_by_key_and_can_be_deleted) {
  TestApp app;
  BOOST_TEST(app.put("/config", R"({"params":{"a":1,"b":"x"}})", TestApp::kMaster).body == R"({"result":true})");
  app.put("/config", R"({"params":{"b":{"__op":"Delete"},"c":[1]}})", TestApp::kMaster);
  BOOST_TEST((TestApp::member(app.get("/config"), "params") == parse::object::parse_json(R"({"a":1,"c":[1]})")));
}

BOOST_AUTO_TEST_CASE(master_key_only_parameters_are_hidden_from_clients) {
  TestApp app;
  app.put("/config", R"({"params":{"open":1,"secret":2},"masterKeyOnly":{"secret":true}})", TestApp::kMaster);
  const auto hidden = app.get("/config");
  BOOST_TEST(hidden.body.find("secret") == std::string::npos);
  BOOST_TEST((TestApp::member(app.get("/config", TestApp::kMaster), "params") ==
              parse::object::parse_json(R"({"open":1,"secret":2})")));
}

BOOST_AUTO_TEST_CASE(only_the_master_key_may_change_it) {
  TestApp app;
  BOOST_TEST(app.put("/config", R"({"params":{"a":1}})").status == 403);
  BOOST_TEST(app.get("/config").body == R"({"params":{}})");
}

BOOST_AUTO_TEST_SUITE_END()
