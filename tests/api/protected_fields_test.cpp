#include <boost/test/unit_test.hpp>

#include "tests/api/account_app.h"

namespace parse::test {
namespace {

rest::Settings with_hidden_addresses() {
  rest::Settings settings;
  settings.protection.fields = object::Object{{"_User", object::Object{{"*", object::Array{"email"}}}}};
  return settings;
}

struct Fixture {
  AccountApp app{with_hidden_addresses(), {}};
  AccountApp::Person ann = app.sign_up("ann");
  AccountApp::Person bob = app.sign_up("bob");

  void protect(const std::string& fields) {
    app.set_permissions("Card", R"({"find":{"*":true},"get":{"*":true},"count":{"*":true},"create":{"*":true},
        "update":{"*":true},"addField":{"*":true},"protectedFields":)" +
                                    fields + "}");
  }
  bool shows(const std::string& id, const std::string& field, const AccountApp::Fields& fields) {
    const auto card = object::parse_json(app.get("/classes/Card/" + id, fields).body);
    return card.as<object::Object>().contains(field);
  }
};

BOOST_FIXTURE_TEST_SUITE(protected_fields, Fixture)

BOOST_AUTO_TEST_CASE(hidden_is_what_every_group_of_the_caller_hides) {
  app.create_role("Team", bob.id);
  const std::string card = app.create("Card", R"({"a":1,"b":2,"c":3})", app.kMaster);
  protect(R"({"*":["a","b","c"],"authenticated":["a","b"],"role:Team":["b"]})");
  const auto shown = [&](const AccountApp::Fields& fields) {
    return std::vector<bool>{shows(card, "a", fields), shows(card, "b", fields), shows(card, "c", fields)};
  };
  BOOST_TEST(shown(app.kPublic) == (std::vector<bool>{false, false, false}));
  BOOST_TEST(shown(ann.fields) == (std::vector<bool>{false, false, true}));
  BOOST_TEST(shown(bob.fields) == (std::vector<bool>{true, false, true}));
  BOOST_TEST(shown(app.kMaster) == (std::vector<bool>{true, true, true}));
}

BOOST_AUTO_TEST_CASE(the_users_of_a_field_see_more) {
  const std::string own =
      app.create("Card", R"({"secret":1,"owner":)" + app.pointer("_User", ann.id) + "}", app.kMaster);
  const std::string other =
      app.create("Card", R"({"secret":1,"owner":)" + app.pointer("_User", bob.id) + "}", app.kMaster);
  protect(R"({"*":["secret"],"userField:owner":[]})");
  BOOST_TEST(shows(own, "secret", ann.fields));
  BOOST_TEST(!shows(other, "secret", ann.fields));
  // The field that decides is read although the client did not ask for it.
  const std::string body = app.get("/classes/Card?keys=secret", ann.fields).body;
  BOOST_TEST(body.find("secret") != std::string::npos);
  BOOST_TEST(body.find("owner") == std::string::npos);
}

// GHSA-72hp-qff8-4pvv, GHSA-2m6g-crv8-p3c6, GHSA-r2m8-pxm9-9c4g: an answer must not tell what a hidden field holds.
BOOST_AUTO_TEST_CASE(no_condition_or_order_on_a_hidden_field) {
  app.create("Card", R"({"secret":1,"map":{"k":1},"open":1})", app.kMaster);
  protect(R"({"*":["secret","map"]})");
  for (const char* query :
       {R"(where={"secret":1})", R"(where={"map.k":1})", R"(where={"$or":[{"secret":1},{"open":1}]})",
        R"(where={"$and":[{"$or":[{"secret":{"$gt":0}}]}]})", R"(where={"$nor":[{"secret":1}]})", "order=secret",
        "order=-map.k", R"(where={"secret":1}&count=1&limit=0)",
        R"(where={"objectId":{"$inQuery":{"className":"Card","where":{"secret":1}}}})"}) {
    BOOST_TEST_CONTEXT(query) {
      BOOST_TEST(app.code(app.get(std::string("/classes/Card?") + query, ann.fields)) == 119);
    }
  }
  BOOST_TEST(app.count_found(R"(/classes/Card?where={"open":{"$select":{"key":"secret","query":{"className":"Card",)"
                             R"("where":{}}}}})",
                             ann.fields) == 0U);
  BOOST_TEST(app.get(R"(/classes/Card?where={"secret":1})", app.kMaster).status == 200);
}

// GHSA-wmwx-jr2p-4j4r
BOOST_AUTO_TEST_CASE(the_members_of_a_relation_stay_hidden_with_its_field_and_its_owner) {
  const std::string friends = R"({"friends":{"__op":"AddRelation","objects":[)" + app.pointer("_User", ann.id) + "]}";
  const std::string hidden = app.create("Card", friends + "}", app.kMaster);
  const auto members = [&](const std::string& id) {
    return "/classes/_User?where={\"$relatedTo\":{\"object\":" + app.pointer("Card", id) + ",\"key\":\"friends\"}}";
  };
  BOOST_TEST(app.count_found(members(hidden), ann.fields) == 1U);
  const std::string closed = app.create("Card", friends + R"(,"ACL":{}})", app.kMaster);
  BOOST_TEST(app.count_found(members(closed), ann.fields) == 0U);
  protect(R"({"*":["friends"]})");
  BOOST_TEST(app.code(app.get(members(hidden), ann.fields)) == 119);
}

// GHSA-37mj-c2wf-cx96, GHSA-wp76-gg32-8258, GHSA-75v4-m273-5j49: every way to read oneself shows the same.
BOOST_AUTO_TEST_CASE(every_answer_with_a_user_hides_the_same_fields) {
  rest::Settings settings = with_hidden_addresses();
  settings.protection.owner_exempt = false;
  AccountApp strict(std::move(settings), {});
  const auto signed_up =
      strict.post("/users", R"({"username":"cyd","password":"secret","email":"cyd@x.org"})", strict.kPublic);
  const auto cyd = strict.person(strict.member(signed_up, "objectId").as<std::string>(),
                                 strict.member(signed_up, "sessionToken").as<std::string>());
  const std::string login = R"({"username":"cyd","password":"secret"})";
  for (const std::string& body :
       {strict.get("/users/me", cyd.fields).body, strict.get("/users/" + cyd.id, cyd.fields).body,
        strict.get("/users", cyd.fields).body, strict.post("/login", login).body,
        strict.post("/verifyPassword", login).body, strict.get("/sessions/me?include=user", cyd.fields).body}) {
    BOOST_TEST(body.find("cyd@x.org") == std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(users_see_their_own_address_and_nobody_elses) {
  app.put("/users/" + ann.id, R"({"email":"ann@x.org","ACL":{"*":{"read":true}}})", ann.fields);
  BOOST_TEST(app.get("/users/" + ann.id, ann.fields).body.find("ann@x.org") != std::string::npos);
  BOOST_TEST(app.get("/users/" + ann.id, bob.fields).body.find("ann@x.org") == std::string::npos);
  BOOST_TEST(app.get("/users", bob.fields).body.find("ann@x.org") == std::string::npos);
}

// GHSA-g4v2-qx3q-4p64
BOOST_AUTO_TEST_CASE(the_session_of_the_request_hides_protected_fields) {
  app.set_permissions("_Session", R"({"find":{"*":true},"get":{"*":true},"protectedFields":{"*":["createdWith"]}})");
  BOOST_TEST(app.get("/sessions/me", ann.fields).body.find("createdWith") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(answers_to_writes_hide_protected_fields_when_the_option_says_so) {
  rest::Settings settings;
  settings.protection.save_response_exempt = false;
  AccountApp strict(std::move(settings), {});
  const std::string card = strict.create("Card", R"({"n":1})", strict.kMaster);
  strict.set_permissions("Card", R"({"update":{"*":true},"get":{"*":true},"protectedFields":{"*":["n"]}})");
  const std::string body = strict.put("/classes/Card/" + card, R"({"n":{"__op":"Increment","amount":1}})").body;
  BOOST_TEST(body.find("\"n\"") == std::string::npos);
}

// Equality with a value of another class must not tell what an internal column holds.
BOOST_AUTO_TEST_CASE(internal_columns_have_no_values_to_select) {
  AccountApp users;
  users.sign_up("ann");
  const auto row = users.storage().load_schema();
  object::ValueBuilder stored;
  query::Find find;
  find.class_name = "_User";
  users.storage().find(row, find, stored);
  const std::string hash = stored.take().as<object::Object>().at("_hashed_password").as<std::string>();
  users.create("Guess", R"({"text":")" + hash + R"("})");
  const std::string where = R"(/classes/Guess?where={"text":{"$select":{"key":"_hashed_password","query":)"
                            R"({"className":"_User","where":{}}}}})";
  BOOST_TEST(users.count_found(where, users.kMaster) == 0U);
}

BOOST_AUTO_TEST_CASE(clients_cannot_sort_users_by_their_logins_elsewhere) {
  AccountApp users;
  users.sign_up("ann");
  BOOST_TEST(users.code(users.get("/users?order=authData")) == 119);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace parse::test
