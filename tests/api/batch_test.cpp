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

BOOST_AUTO_TEST_CASE(creates_of_one_class_each_get_their_own_answer) {
  TestApp app;
  app.create("Game", R"({"n":0})");
  const auto response = app.post("/batch", R"({"requests":[)"
                                           R"({"method":"POST","path":"/parse/classes/Game","body":{"n":1,"new":"x"}},)"
                                           R"({"method":"POST","path":"/parse/classes/Game","body":{"n":"text"}},)"
                                           R"({"method":"POST","path":"/parse/classes/Game","body":)"
                                           R"({"n":{"__op":"Increment","amount":3}}}]})");
  const auto parts = parse::object::parse_json(response.body).as<Array>();
  BOOST_REQUIRE(parts.size() == 3U);
  const auto& first = parts[0].as<Object>().at("success").as<Object>();
  BOOST_TEST(first.contains("objectId"));
  BOOST_TEST(first.contains("createdAt"));
  BOOST_TEST((parts[1].as<Object>().at("error").as<Object>().at("code") == parse::object::Value(111)));
  BOOST_TEST((parts[2].as<Object>().at("success").as<Object>().at("n") == parse::object::Value(3)));
  BOOST_TEST(game_count(app) == 3U);
  BOOST_TEST(
      TestApp::member(app.get("/classes/Game/" + first.at("objectId").as<std::string>()), "new").as<std::string>() ==
      "x");
}

BOOST_AUTO_TEST_CASE(a_create_that_meets_a_unique_index_does_not_spoil_its_neighbours) {
  TestApp app;
  app.post("/schemas/Game",
           R"({"fields":{"n":{"type":"Number"}},"indexes":{"one":{"n":1,"_options":{"unique":true}}}})",
           TestApp::kMaster);
  app.create("Game", R"({"n":1})");
  const auto parts = parse::object::parse_json(app.post("/batch", creates(3)).body).as<Array>();
  BOOST_TEST(parts[0].as<Object>().contains("success"));
  BOOST_TEST((parts[1].as<Object>().at("error").as<Object>().at("code") == parse::object::Value(137)));
  BOOST_TEST(parts[2].as<Object>().contains("success"));
  BOOST_TEST(game_count(app) == 3U);
}

BOOST_AUTO_TEST_CASE(relations_of_objects_that_are_created_together_are_stored) {
  TestApp app;
  const std::string player = app.create("Player", "{}");
  const std::string part = R"({"method":"POST","path":"/parse/classes/Team","body":{"members":{"__op":"AddRelation",)"
                           R"("objects":[{"__type":"Pointer","className":"Player","objectId":")" +
                           player + R"("}]}}})";
  app.post("/batch", R"({"requests":[)" + part + "," + part + "]}");
  const auto found = app.get(R"(/classes/Team?count=1&limit=0&where={"members":{"__type":"Pointer",)"
                             R"("className":"Player","objectId":")" +
                             player + R"("}})");
  BOOST_TEST(TestApp::member(found, "count").as<std::int64_t>() == 2);
}

BOOST_AUTO_TEST_CASE(creates_in_a_batch_need_the_permission_of_the_class) {
  TestApp app;
  app.post("/schemas/Game",
           R"({"fields":{"n":{"type":"Number"}},"classLevelPermissions":{"count":{"*":true},)"
           R"("find":{"*":true}}})",
           TestApp::kMaster);
  const auto parts = parse::object::parse_json(app.post("/batch", creates(2)).body).as<Array>();
  for (const auto& part : parts)
    BOOST_TEST((part.as<Object>().at("error").as<Object>().at("code") == parse::object::Value(119)));
  BOOST_TEST(game_count(app) == 0U);
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
