#include <boost/test/unit_test.hpp>

#include "tests/api/account_app.h"

namespace parse::test {
namespace {

struct Fixture {
  AccountApp app;
};

BOOST_FIXTURE_TEST_SUITE(users, Fixture)

BOOST_AUTO_TEST_CASE(signup_answers_an_id_a_time_and_a_session) {
  const auto response = app.post("/users", R"({"username":"ann","password":"secret"})");
  BOOST_TEST(response.status == 201);
  const object::Object body = object::parse_json(response.body).as<object::Object>();
  BOOST_TEST(body.size() == 3U);
  BOOST_TEST(body.at("sessionToken").as<std::string>().starts_with("r:"));
  BOOST_TEST(*response.headers.find("Location") ==
             "http://localhost:1337/parse/users/" + body.at("objectId").as<std::string>());
}

BOOST_AUTO_TEST_CASE(signup_needs_a_name_and_a_password) {
  BOOST_TEST(app.code(app.post("/users", R"({"password":"x"})")) == 200);
  BOOST_TEST(app.code(app.post("/users", R"({"username":"ann"})")) == 201);
  BOOST_TEST(app.code(app.post("/users", R"({"username":{"$ne":1},"password":"x"})")) == 200);
}

BOOST_AUTO_TEST_CASE(names_and_addresses_are_unique_whatever_their_case) {
  app.post("/users", R"({"username":"ann","password":"x","email":"ann@x.org"})");
  BOOST_TEST(app.code(app.post("/users", R"({"username":"ANN","password":"x"})")) == 202);
  BOOST_TEST(app.code(app.post("/users", R"({"username":"bob","password":"x","email":"Ann@X.org"})")) == 203);
  BOOST_TEST(app.code(app.post("/users", R"({"username":"bob","password":"x","email":"no-address"})")) == 125);
}

BOOST_AUTO_TEST_CASE(a_new_user_is_private) {
  const auto ann = app.sign_up("ann");
  BOOST_TEST(app.count_found("/users", app.kPublic) == 0U);
  BOOST_TEST(app.count_found("/users", ann.fields) == 1U);
}

BOOST_AUTO_TEST_CASE(the_password_is_stored_as_a_hash_and_never_shown) {
  const auto ann = app.sign_up("ann");
  for (const auto& fields : {ann.fields, app.kMaster}) {
    const std::string body = app.get("/users/" + ann.id, fields).body;
    BOOST_TEST(body.find("secret") == std::string::npos);
    BOOST_TEST(body.find("hashed") == std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(login_by_name_or_address_makes_a_session) {
  app.post("/users", R"({"username":"ann","password":"secret","email":"ann@x.org"})");
  for (const char* body : {R"({"username":"ann","password":"secret"})", R"({"email":"ann@x.org","password":"secret"})",
                           R"({"username":"ann@x.org","password":"secret"})"}) {
    const auto response = app.post("/login", body);
    BOOST_TEST(response.status == 200);
    const std::string token = app.member(response, "sessionToken").as<std::string>();
    BOOST_TEST(app.get("/users/me", app.person("", token).fields).status == 200);
  }
  BOOST_TEST(app.get("/login?username=ann&password=secret").status == 200);
}

BOOST_AUTO_TEST_CASE(a_wrong_login_is_refused_in_one_way) {
  app.sign_up("ann");
  for (const char* body :
       {R"({"username":"ann","password":"wrong"})", R"({"username":"nobody","password":"secret"})",
        R"({"username":"ann","password":{"$ne":""}})", R"({"username":{"$gt":""},"password":"x"})"}) {
    const auto response = app.post("/login", body);
    BOOST_TEST(app.code(response) == 101);
    BOOST_TEST(app.member(response, "error").as<std::string>() == "Invalid username/password.");
  }
}

BOOST_AUTO_TEST_CASE(a_user_with_an_empty_acl_cannot_log_in) {
  const auto ann = app.sign_up("ann");
  app.put("/users/" + ann.id, R"({"ACL":{}})", app.kMaster);
  BOOST_TEST(app.code(app.post("/login", R"({"username":"ann","password":"secret"})")) == 101);
}

BOOST_AUTO_TEST_CASE(a_new_password_ends_all_sessions_and_answers_a_new_one) {
  const auto ann = app.sign_up("ann");
  const auto changed = app.put("/users/" + ann.id, R"({"password":"other"})", ann.fields);
  BOOST_TEST(app.code(app.get("/users/me", ann.fields)) == 209);
  const std::string token = app.member(changed, "sessionToken").as<std::string>();
  BOOST_TEST(app.get("/users/me", app.person(ann.id, token).fields).status == 200);
  BOOST_TEST(app.code(app.post("/login", R"({"username":"ann","password":"secret"})")) == 101);
  BOOST_TEST(app.post("/login", R"({"username":"ann","password":"other"})").status == 200);
}

BOOST_AUTO_TEST_CASE(only_the_user_and_the_master_key_change_a_user) {
  const auto ann = app.sign_up("ann");
  const auto bob = app.sign_up("bob");
  BOOST_TEST(app.code(app.put("/users/" + ann.id, R"({"score":1})")) == 206);
  BOOST_TEST(app.code(app.put("/users/" + ann.id, R"({"score":1})", bob.fields)) == 206);
  BOOST_TEST(app.code(app.remove("/users/" + ann.id, bob.fields)) == 206);
  BOOST_TEST(app.put("/users/" + ann.id, R"({"score":1})", ann.fields).status == 200);
  BOOST_TEST(app.put("/users/" + ann.id, R"({"score":2})", app.kMaster).status == 200);
}

BOOST_AUTO_TEST_CASE(a_user_cannot_lock_himself_out) {
  const auto ann = app.sign_up("ann");
  app.put("/users/" + ann.id, R"({"ACL":{"*":{"read":true}}})", ann.fields);
  BOOST_TEST(app.put("/users/" + ann.id, R"({"score":1})", ann.fields).status == 200);
  app.put("/users/" + ann.id, R"({"ACL":{"__op":"Delete"}})", ann.fields);
  BOOST_TEST(app.put("/users/" + ann.id, R"({"score":2})", ann.fields).status == 200);
}

BOOST_AUTO_TEST_CASE(clients_cannot_verify_their_own_address) {
  BOOST_TEST(app.code(app.post("/users", R"({"username":"ann","password":"x","emailVerified":true})")) == 119);
}

BOOST_AUTO_TEST_CASE(verify_password_makes_no_session) {
  const auto ann = app.sign_up("ann");
  const auto response = app.post("/verifyPassword", R"({"username":"ann","password":"secret"})");
  BOOST_TEST(response.status == 200);
  BOOST_TEST(!object::parse_json(response.body).as<object::Object>().contains("sessionToken"));
  BOOST_TEST(app.count_found("/sessions", ann.fields) == 1U);
}

BOOST_AUTO_TEST_CASE(login_as_is_for_the_master_key) {
  const auto ann = app.sign_up("ann");
  const std::string body = R"({"userId":")" + ann.id + R"("})";
  BOOST_TEST(app.code(app.post("/loginAs", body, ann.fields)) == 119);
  BOOST_TEST(app.code(app.post("/loginAs", body, app.kReadOnly)) == 119);
  BOOST_TEST(app.code(app.post("/loginAs", "{}", app.kMaster)) == 162);
  const auto response = app.post("/loginAs", body, app.kMaster);
  const std::string token = app.member(response, "sessionToken").as<std::string>();
  BOOST_TEST(app.member(app.get("/users/me", app.person("", token).fields), "objectId").as<std::string>() == ann.id);
}

BOOST_AUTO_TEST_CASE(logout_ends_the_session_at_once) {
  const auto ann = app.sign_up("ann");
  BOOST_TEST(app.get("/users/me", ann.fields).status == 200);
  BOOST_TEST(app.post("/logout", "{}", ann.fields).status == 200);
  BOOST_TEST(app.code(app.get("/users/me", ann.fields)) == 209);
}

BOOST_AUTO_TEST_CASE(the_session_of_a_deleted_user_is_worth_nothing) {
  const auto ann = app.sign_up("ann");
  BOOST_TEST(app.remove("/users/" + ann.id, ann.fields).status == 200);
  BOOST_TEST(app.code(app.get("/classes/Game", ann.fields)) == 209);
}

BOOST_AUTO_TEST_CASE(read_only_master_key_cannot_sign_up_or_change_users) {
  const auto ann = app.sign_up("ann");
  BOOST_TEST(app.code(app.post("/users", R"({"username":"bob","password":"x"})", app.kReadOnly)) == 119);
  BOOST_TEST(app.code(app.put("/users/" + ann.id, R"({"a":1})", app.kReadOnly)) == 119);
  BOOST_TEST(app.code(app.remove("/users/" + ann.id, app.kReadOnly)) == 119);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace parse::test
