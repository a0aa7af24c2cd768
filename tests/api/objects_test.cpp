#include <boost/test/unit_test.hpp>

#include "tests/api/test_app.h"

using parse::object::Array;
using parse::object::Object;
using parse::object::Value;
using parse::test::TestApp;

namespace {

Array results(const parse::http::Response& response) { return TestApp::member(response, "results").as<Array>(); }

}  // namespace

BOOST_AUTO_TEST_SUITE(objects)

BOOST_AUTO_TEST_CASE(create_answers_id_time_and_location) {
  TestApp app;
  const auto response = app.post("/classes/GameScore", R"({"score":1337})");
  BOOST_TEST(response.status == 201);
  const std::string id = TestApp::member(response, "objectId").as<std::string>();
  BOOST_TEST(response.body == R"({"objectId":")" + id + R"(","createdAt":"2016-03-11T23:51:48.050Z"})");
  BOOST_TEST(*response.headers.find("Location") == "http://localhost:1337/parse/classes/GameScore/" + id);
}

BOOST_AUTO_TEST_CASE(get_answers_the_whole_object) {
  TestApp app;
  const std::string id = app.create(
      "GameScore", R"({"score":1337,"tags":["a",{"b":null}],"when":{"__type":"Date","iso":"2020-01-01T00:00:00Z"}})");
  BOOST_TEST(app.get("/classes/GameScore/" + id).body ==
             R"({"objectId":")" + id +
                 R"(","createdAt":"2016-03-11T23:51:48.050Z","updatedAt":"2016-03-11T23:51:48.050Z","score":1337,)"
                 R"("tags":["a",{"b":null}],"when":{"__type":"Date","iso":"2020-01-01T00:00:00.000Z"}})");
}

BOOST_AUTO_TEST_CASE(update_answers_the_time_and_what_operators_left) {
  TestApp app;
  const std::string id = app.create("GameScore", R"({"score":1,"obj":{"n":4,"m":1}})");
  app.now += 1000;
  const auto response =
      app.put("/classes/GameScore/" + id,
              R"({"name":"x","score":{"__op":"Increment","amount":2},"obj.n":{"__op":"Increment","amount":1}})");
  BOOST_TEST(response.body == R"({"score":3,"obj":{"n":5},"updatedAt":"2016-03-11T23:51:49.050Z"})");
}

BOOST_AUTO_TEST_CASE(a_private_object_is_invisible_and_untouchable_to_clients) {
  TestApp app;
  const std::string id = app.create("Secret", R"({"a":1,"ACL":{}})", TestApp::kMaster);
  BOOST_TEST(TestApp::code(app.get("/classes/Secret/" + id)) == 101);
  BOOST_TEST(TestApp::code(app.put("/classes/Secret/" + id, R"({"a":2})")) == 101);
  BOOST_TEST(TestApp::code(app.remove("/classes/Secret/" + id)) == 101);
  BOOST_TEST(results(app.get("/classes/Secret")).empty());
  BOOST_TEST((TestApp::member(app.get("/classes/Secret?count=1"), "count") == Value(0)));
  BOOST_TEST(results(app.get("/classes/Secret", TestApp::kMaster)).size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_public_readable_object_cannot_be_written_by_clients) {
  TestApp app;
  const std::string id = app.create("Note", R"({"ACL":{"*":{"read":true}}})", TestApp::kMaster);
  BOOST_TEST(app.get("/classes/Note/" + id).status == 200);
  BOOST_TEST(TestApp::code(app.put("/classes/Note/" + id, R"({"a":2})")) == 101);
}

BOOST_AUTO_TEST_CASE(a_sub_query_sees_only_what_the_caller_may_read) {
  TestApp app;
  const std::string hidden = app.create("Team", R"({"city":"Rome","ACL":{}})", TestApp::kMaster);
  app.create("Player", R"({"team":{"__type":"Pointer","className":"Team","objectId":")" + hidden + R"("}})");
  const std::string where = R"(?where={"team":{"$inQuery":{"className":"Team","where":{"city":"Rome"}}}})";
  BOOST_TEST(results(app.get("/classes/Player" + where)).empty());
  BOOST_TEST(results(app.get("/classes/Player" + where, TestApp::kMaster)).size() == 1U);
}

BOOST_AUTO_TEST_CASE(include_expands_what_is_readable_and_drops_the_rest) {
  TestApp app;
  const std::string open = app.create("Team", R"({"city":"Rome"})");
  const std::string hidden = app.create("Team", R"({"city":"Oslo","ACL":{}})", TestApp::kMaster);
  const auto pointer = [](const std::string& id) {
    return R"({"__type":"Pointer","className":"Team","objectId":")" + id + R"("})";
  };
  app.create("Player", R"({"team":)" + pointer(open) + R"(,"teams":[)" + pointer(hidden) + "," + pointer(open) + "]}");
  app.create("Player", R"({"team":)" + pointer(hidden) + "}");
  const Array rows = results(app.get("/classes/Player?include=team,teams&order=createdAt"));
  const Object& first = rows[0].as<Object>();
  BOOST_TEST((first.at("team").as<Object>().at("city") == Value("Rome")));
  BOOST_TEST((first.at("team").as<Object>().at("__type") == Value("Object")));
  BOOST_TEST(first.at("teams").as<Array>().size() == 1U);
  BOOST_TEST(!rows[1].as<Object>().contains("team"));
}

BOOST_AUTO_TEST_CASE(internal_classes_are_for_the_master_key_on_every_verb) {
  TestApp app;
  for (const char* name : {"_Hooks", "_GlobalConfig", "_GraphQLConfig", "_JobStatus", "_PushStatus", "_JobSchedule",
                           "_Audience", "_Idempotency", "_Join:users:_Role"}) {
    const std::string path = std::string("/classes/") + name;
    BOOST_TEST(TestApp::code(app.get(path)) == 119, name);
    BOOST_TEST(TestApp::code(app.get(path + "/x")) == 119, name);
    BOOST_TEST(TestApp::code(app.post(path, "{}")) == 119, name);
    BOOST_TEST(TestApp::code(app.put(path + "/x", "{}")) == 119, name);
    BOOST_TEST(TestApp::code(app.remove(path + "/x")) == 119, name);
  }
}

BOOST_AUTO_TEST_CASE(without_client_class_creation_unknown_classes_are_closed_to_clients) {
  parse::rest::Settings settings;
  settings.allow_client_class_creation = false;
  TestApp app(std::move(settings));
  BOOST_TEST(TestApp::code(app.post("/classes/New", "{}")) == 119);
  BOOST_TEST(TestApp::code(app.get("/classes/New")) == 119);
  BOOST_TEST(app.post("/classes/New", "{}", TestApp::kMaster).status == 201);
  BOOST_TEST(app.post("/classes/New", "{}").status == 201);
}

BOOST_AUTO_TEST_CASE(custom_object_ids_need_the_option) {
  TestApp strict;
  BOOST_TEST(TestApp::code(strict.post("/classes/Game", R"({"objectId":"mine"})")) == 105);
  parse::rest::Settings settings;
  settings.allow_custom_object_id = true;
  TestApp app(std::move(settings));
  BOOST_TEST(app.create("Game", R"({"objectId":"mine"})") == "mine");
  BOOST_TEST(TestApp::code(app.post("/classes/Game", R"({"objectId":"mine"})")) == 137);
  BOOST_TEST(TestApp::code(app.post("/classes/Game", R"({"objectId":""})")) == 104);
}

BOOST_AUTO_TEST_CASE(the_maintenance_key_sets_the_times_of_a_new_object) {
  TestApp app;
  const std::string times = R"({"createdAt":{"__type":"Date","iso":"2001-01-01T00:00:00.000Z"},)"
                            R"("updatedAt":{"__type":"Date","iso":"2002-01-01T00:00:00.000Z"}})";
  const std::string id = app.create("Game", times, TestApp::kMaintenance);
  const Value updated = TestApp::member(app.get("/classes/Game/" + id), "updatedAt");
  BOOST_TEST((updated == Value("2002-01-01T00:00:00.000Z")));
  const std::string reversed = R"({"createdAt":{"__type":"Date","iso":"2002-01-01T00:00:00.000Z"},)"
                               R"("updatedAt":{"__type":"Date","iso":"2001-01-01T00:00:00.000Z"}})";
  BOOST_TEST(TestApp::code(app.post("/classes/Game", reversed, TestApp::kMaintenance)) == 142);
}

BOOST_AUTO_TEST_CASE(denied_keywords_are_refused_at_any_depth) {
  parse::rest::Settings settings;
  settings.denied_keywords = parse::query::Denylist({Object{{"key", "constructor"}}, Object{{"key", "__proto__"}}});
  TestApp app(std::move(settings));
  for (const char* body :
       {R"({"a":{"__proto__":1}})", R"({"a":[{},{"b":{"constructor":1}}]})", R"({"constructor":1})"}) {
    BOOST_TEST(TestApp::code(app.post("/classes/Game", body)) == 105, body);
  }
}

namespace {

/// Another server on the same database.
struct OtherServer {
  explicit OtherServer(TestApp& app) : schemas(app.storage(), cache, {}) {}
  parse::schema::SchemaCache cache;
  parse::rest::SchemaService schemas;
};

}  // namespace

BOOST_AUTO_TEST_CASE(a_class_that_another_server_has_just_deleted_is_made_again_by_a_create) {
  TestApp app;
  const std::string id = app.create("Game", R"({"n":1})");
  app.remove("/classes/Game/" + id);
  OtherServer(app).schemas.delete_class("Game");
  BOOST_TEST(app.post("/classes/Game", R"({"n":2})").status == 201);
  BOOST_TEST(TestApp::member(app.get("/classes/Game"), "results").as<parse::object::Array>().size() == 1U);
}

BOOST_AUTO_TEST_CASE(an_update_in_a_class_that_another_server_has_just_deleted_finds_nothing) {
  TestApp app;
  const std::string id = app.create("Game", R"({"n":1})");
  app.remove("/classes/Game/" + id);
  OtherServer(app).schemas.delete_class("Game");
  BOOST_TEST(TestApp::code(app.put("/classes/Game/" + id, R"({"n":2})")) == 101);
}

BOOST_AUTO_TEST_CASE(a_field_that_another_server_has_just_deleted_comes_back_with_a_write) {
  TestApp app;
  const std::string id = app.create("Game", R"({"n":1})");
  OtherServer(app).schemas.edit_class(
      "Game", parse::object::parse_json(R"({"fields":{"n":{"__op":"Delete"}}})").as<parse::object::Object>());
  BOOST_TEST(app.put("/classes/Game/" + id, R"({"n":2})").status == 200);
  BOOST_TEST((TestApp::member(app.get("/classes/Game/" + id), "n") == parse::object::Value(2)));
}

BOOST_AUTO_TEST_CASE(a_client_cannot_bring_back_a_deleted_class_where_clients_may_not_make_classes) {
  parse::rest::Settings settings;
  settings.allow_client_class_creation = false;
  TestApp app(std::move(settings));
  app.post("/schemas/Game", R"({"fields":{"n":{"type":"Number"}}})", TestApp::kMaster);
  OtherServer(app).schemas.delete_class("Game");
  BOOST_TEST(TestApp::code(app.post("/classes/Game", R"({"n":2})")) == 119);
}

BOOST_AUTO_TEST_SUITE_END()
