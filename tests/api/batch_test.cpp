#include <boost/test/unit_test.hpp>

#include "tests/api/test_app.h"

using parse::object::Array;
using parse::object::Object;
using parse::test::TestApp;

namespace {

std::string creates(int count) {
  std::string body = R"({"requests":[)";
  for (int i = 0; i < count; ++i) {
    body += (i ? "," : "") + std::string(R"({"method":"POST","path":"/parse/classes/Game","body":{"n":)") +
            std::to_string(i) + "}}";
  }
  return body + "]}";
}

std::size_t game_count(TestApp& app) {
  return static_cast<std::size_t>(
      TestApp::member(app.get("/classes/Game?count=1&limit=0"), "count").as<std::int64_t>());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(batch)

BOOST_AUTO_TEST_CASE(parts_answer_in_the_order_they_were_sent) {
  TestApp app;
  app.create("Game", "{}");
  const auto response = app.post("/batch", R"({"requests":[{"method":"GET","path":"/parse/classes/Nothing/x"},)"
                                           R"({"method":"POST","path":"/parse/classes/Game","body":{"a":1}}]})");
  BOOST_REQUIRE(response.status == 200);
  const auto parts = parse::object::parse_json(response.body).as<Array>();
  BOOST_REQUIRE(parts.size() == 2U);
  BOOST_TEST(parts[0].as<Object>().contains("error"));
  BOOST_TEST(parts[1].as<Object>().contains("success"));
}

BOOST_AUTO_TEST_CASE(more_parts_than_the_limit_are_refused_but_not_to_the_master_key) {
  TestApp app;
  BOOST_TEST(TestApp::code(app.post("/batch", creates(101))) == 107);
  BOOST_TEST(game_count(app) == 0U);
  BOOST_TEST(app.post("/batch", creates(101), TestApp::kMaster).status == 200);
  BOOST_TEST(game_count(app) == 101U);
}

BOOST_AUTO_TEST_CASE(a_transaction_keeps_all_or_nothing) {
  TestApp app;
  app.create("Game", R"({"n":0})");
  const auto response = app.post("/batch", R"({"transaction":true,"requests":[)"
                                           R"({"method":"POST","path":"/parse/classes/Game","body":{"n":1}},)"
                                           R"({"method":"POST","path":"/parse/classes/Game","body":{"n":"text"}}]})");
  BOOST_TEST(response.status == 500);
  BOOST_TEST(game_count(app) == 1U);
  const auto good = app.post("/batch", R"({"transaction":true,"requests":[)"
                                       R"({"method":"POST","path":"/parse/classes/Game","body":{"n":1}},)"
                                       R"({"method":"POST","path":"/parse/classes/Game","body":{"n":2}}]})");
  BOOST_TEST(good.status == 200);
  BOOST_TEST(game_count(app) == 3U);
}

BOOST_AUTO_TEST_CASE(a_batch_inside_a_batch_is_refused) {
  TestApp app;
  for (const char* path : {"/parse/batch", "/parse/batch/", "/parse/BATCH"}) {
    const std::string body =
        std::string(R"({"requests":[{"method":"post","path":")") + path + R"(","body":{"requests":[]}}]})";
    BOOST_TEST(TestApp::code(app.post("/batch", body)) == 107, path);
  }
}

BOOST_AUTO_TEST_CASE(a_path_outside_the_mount_is_refused) {
  TestApp app;
  const auto response = app.post("/batch", R"({"requests":[{"method":"GET","path":"/parsec/classes/Game"}]})");
  BOOST_TEST(TestApp::code(response) == 107);
}

BOOST_AUTO_TEST_CASE(malformed_lists_are_refused) {
  TestApp app;
  for (const char* body :
       {"{}", R"({"requests":{}})", R"({"requests":[1]})", R"({"requests":[{"path":5}]})", R"({"requests":[null]})"}) {
    BOOST_TEST(TestApp::code(app.post("/batch", body)) == 107, body);
  }
}

BOOST_AUTO_TEST_CASE(parts_share_the_rights_of_the_caller) {
  TestApp app;
  const std::string body = R"({"requests":[{"method":"GET","path":"/parse/classes/_Hooks"}]})";
  const auto refused = parse::object::parse_json(app.post("/batch", body).body).as<Array>();
  BOOST_TEST(refused[0].as<Object>().contains("error"));
  const auto allowed = parse::object::parse_json(app.post("/batch", body, TestApp::kMaster).body).as<Array>();
  BOOST_TEST(allowed[0].as<Object>().contains("success"));
}

BOOST_AUTO_TEST_SUITE_END()
