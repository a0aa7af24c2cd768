#include <barrier>
#include <boost/test/unit_test.hpp>
#include <thread>

#include "tests/api/test_app.h"

using parse::object::Array;
using parse::object::Object;
using parse::object::Value;
using parse::test::TestApp;

namespace {

struct Installations : TestApp {
  using TestApp::TestApp;

  std::string made(const std::string& body, const Fields& fields = kPublic) {
    const auto response = post("/installations", body, fields);
    BOOST_REQUIRE_MESSAGE(response.status == 201, response.body);
    return member(response, "objectId").as<std::string>();
  }
  Array rows(const std::string& where = "{}") {
    const auto response = get("/installations?order=state&where=" + where, kMaster);
    return member(response, "results").as<Array>();
  }
  Object row(const std::string& id) {
    return parse::object::parse_json(get("/installations/" + id, kMaster).body).as<Object>();
  }
};

parse::rest::Settings with(parse::rest::InstallationSettings installations) {
  parse::rest::Settings settings;
  settings.installations = installations;
  return settings;
}

TestApp::Fields from(const std::string& id) {
  return {{"X-Parse-Application-Id", "app"}, {"X-Parse-Installation-Id", id}};
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(installations, Installations)

BOOST_AUTO_TEST_CASE(a_new_one_needs_an_identifier_and_a_device_type) {
  BOOST_TEST(code(post("/installations", R"({"deviceType":"ios"})")) == 135);
  BOOST_TEST(code(post("/installations", R"({"installationId":"a"})")) == 135);
  BOOST_TEST(post("/installations", R"({"installationId":"a","deviceType":"ios"})").status == 201);
}

BOOST_AUTO_TEST_CASE(identifiers_are_kept_in_lower_case) {
  const std::string token(64, 'A');
  const Object row = this->row(made(R"({"installationId":"ABC","deviceType":"ios","deviceToken":")" + token + "\"}"));
  BOOST_TEST(row.at("installationId").as<std::string>() == "abc");
  BOOST_TEST(row.at("deviceToken").as<std::string>() == std::string(64, 'a'));
}

BOOST_AUTO_TEST_CASE(the_same_id_changes_the_row_instead_of_making_another) {
  const std::string id = made(R"({"installationId":"a","deviceType":"ios","badge":1})");
  now += 1000;
  const auto response = post("/installations", R"({"installationId":"A","badge":{"__op":"Increment","amount":1}})");
  BOOST_TEST(response.status == 200);
  BOOST_TEST(response.body == R"({"badge":2,"updatedAt":"2016-03-11T23:51:49.050Z"})");
  BOOST_TEST(response.headers.find("Location") == nullptr);
  BOOST_TEST(rows().size() == 1U);
}

BOOST_AUTO_TEST_CASE(the_header_names_the_installation_of_a_client) {
  const std::string id = made(R"({"installationId":"a","deviceType":"ios"})");
  BOOST_TEST(post("/installations", R"({"badge":3})", from("A")).status == 200);
  BOOST_TEST((row(id).at("badge") == Value(3)));
}

// REST spec, "Installations": rows that carry one token are one device.
BOOST_AUTO_TEST_CASE(of_an_id_and_a_token_the_row_with_the_token_survives) {
  const std::string by_id = made(R"({"installationId":"a","deviceType":"ios"})");
  const std::string by_token = made(R"({"deviceToken":"t","deviceType":"ios"})");
  BOOST_TEST(post("/installations", R"({"installationId":"a","deviceToken":"t"})").status == 200);
  BOOST_TEST(get("/installations/" + by_id).status == 404);
  BOOST_TEST((row(by_token).at("installationId") == Value("a")));
}

BOOST_AUTO_TEST_CASE(a_token_leaves_the_row_that_had_it_before) {
  made(R"({"installationId":"a","deviceToken":"t","deviceType":"ios"})");
  const std::string id = made(R"({"installationId":"b","deviceToken":"t","deviceType":"ios"})");
  BOOST_REQUIRE(rows().size() == 1U);
  BOOST_TEST((rows()[0].as<Object>().at("objectId") == Value(id)));
}

BOOST_AUTO_TEST_CASE(rows_of_other_apps_keep_the_token) {
  made(R"({"installationId":"a","deviceToken":"t","deviceType":"ios","appIdentifier":"one"})");
  made(R"({"installationId":"b","deviceToken":"t","deviceType":"ios","appIdentifier":"two"})");
  BOOST_TEST(rows().size() == 2U);
  BOOST_TEST(code(post("/installations", R"({"deviceToken":"t","deviceType":"ios"})")) == 132);
}

BOOST_AUTO_TEST_CASE(identifiers_do_not_change) {
  const std::string id = made(R"({"installationId":"a","deviceType":"ios"})");
  const std::string token_only = made(R"({"deviceToken":"t","deviceType":"ios"})");
  for (const auto* body : {R"({"installationId":"b"})", R"({"installationId":{"__op":"Delete"}})",
                           R"({"deviceType":"android"})", R"({"deviceType":{"__op":"Delete"}})"})
    BOOST_TEST(code(put("/installations/" + id, body)) == 136);
  BOOST_TEST(code(put("/installations/" + token_only, R"({"deviceToken":"other"})")) == 136);
  BOOST_TEST(put("/installations/" + id, R"({"deviceToken":"new","installationId":"A","deviceType":"ios"})").status ==
             200);
  BOOST_TEST(code(put("/installations/nowhere", R"({"deviceToken":"x"})")) == 101);
}

// GHSA-vgjh-hmwf-c588: an operator where a text belongs must not become a query.
BOOST_AUTO_TEST_CASE(identifiers_that_are_no_texts_are_refused_and_delete_nothing) {
  const std::string id = made(R"({"installationId":"a","deviceToken":"t","deviceType":"ios"})");
  for (const auto* value : {R"({"$ne":null})", "5", "[\"a\"]", "true", R"({"__op":"Increment","amount":1})"}) {
    for (const auto* field : {"installationId", "deviceToken", "deviceType", "appIdentifier"}) {
      const std::string body =
          std::string(R"({"installationId":"z","deviceToken":"t","deviceType":"ios",")") + field + "\":" + value + "}";
      BOOST_TEST(code(post("/installations", body)) == 111, body);
      BOOST_TEST(code(put("/installations/" + id, body)) == 111, body);
    }
  }
  BOOST_TEST(rows().size() == 1U);
}

BOOST_AUTO_TEST_CASE(an_empty_id_is_none) {
  const std::string first = made(R"({"installationId":"","deviceToken":"t","deviceType":"ios"})");
  made(R"({"installationId":"","deviceToken":"u","deviceType":"ios"})");
  BOOST_TEST(row(first).find("installationId") == nullptr);
}

BOOST_AUTO_TEST_CASE(clients_neither_list_nor_delete) {
  const std::string id = made(R"({"installationId":"a","deviceType":"ios"})");
  BOOST_TEST(code(get("/installations")) == 119);
  BOOST_TEST(code(remove("/installations/" + id)) == 119);
  BOOST_TEST(get("/installations/" + id).status == 200);
  BOOST_TEST(code(remove("/installations/" + id, kReadOnly)) == 119);
  BOOST_TEST(remove("/installations/" + id, kMaster).status == 200);
}

BOOST_AUTO_TEST_CASE(parallel_creates_with_one_id_end_as_one_row) {
  constexpr int kClients = 16;
  std::atomic<int> made_new = 0;
  std::atomic<int> changed = 0;
  std::barrier start(kClients);
  {
    std::vector<std::jthread> clients;
    for (int i = 0; i < kClients; ++i)
      clients.emplace_back([&] {
        start.arrive_and_wait();
        const auto response = post("/installations", R"({"installationId":"same","deviceType":"ios"})");
        if (response.status == 201) ++made_new;
        if (response.status == 200) ++changed;
      });
  }
  BOOST_TEST(made_new == 1);
  BOOST_TEST(changed == kClients - 1);
  BOOST_TEST(rows().size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(installation_options)

BOOST_AUTO_TEST_CASE(update_keeps_the_other_row_without_its_token) {
  Installations app(with({.update_duplicates = true}));
  const std::string first = app.made(R"({"installationId":"a","deviceToken":"t","deviceType":"ios"})");
  app.made(R"({"installationId":"b","deviceToken":"t","deviceType":"ios"})");
  BOOST_TEST(app.row(first).find("deviceToken") == nullptr);
  BOOST_TEST(app.rows().size() == 2U);
}

BOOST_AUTO_TEST_CASE(the_row_with_the_id_survives_when_it_has_priority) {
  Installations app(with({.installation_id_wins = true}));
  const std::string by_id = app.made(R"({"installationId":"a","deviceType":"ios"})");
  const std::string by_token = app.made(R"({"deviceToken":"t","deviceType":"ios"})");
  app.post("/installations", R"({"installationId":"a","deviceToken":"t"})");
  BOOST_TEST((app.row(by_id).at("deviceToken") == Value("t")));
  BOOST_TEST(app.get("/installations/" + by_token).status == 404);
}

BOOST_AUTO_TEST_CASE(enforced_rights_leave_rows_of_others_alone) {
  Installations app(with({.enforce_auth = true}));
  app.made(R"({"installationId":"a","deviceToken":"t","deviceType":"ios","ACL":{"*":{"read":true}}})");
  app.made(R"({"installationId":"b","deviceToken":"t","deviceType":"ios"})");
  BOOST_TEST(app.rows().size() == 2U);
  app.made(R"({"installationId":"c","deviceToken":"t","deviceType":"ios"})", TestApp::kMaster);
  BOOST_TEST(app.rows().size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
