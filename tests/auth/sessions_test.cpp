#include "auth/sessions.h"

#include <vector>

#include "auth/roles.h"
#include "schema/default_classes.h"
#include "storage/sqlite/sqlite_adapter.h"
#include "tests/schema/expect_error.h"

using namespace parse;
using namespace parse::auth;
using test::expect_error;

namespace {

constexpr Milliseconds kDay = 86'400'000;

struct Fixture {
  Fixture() {
    for (const char* name : {"_User", "_Session", "_Role"}) {
      schema.set(schema::default_class(name));
      storage->create_class(*schema.find(name));
    }
    add("_User", "ada", {});
    add("_Session", "s1", {{"sessionToken", "r:1"}, {"user", ada}, {"expiresAt", object::Date{10 * kDay}}});
  }

  void add(const char* class_name, const std::string& id, object::Object fields) {
    object::Object object{{"objectId", id}, {"createdAt", object::Date{0}}, {"updatedAt", object::Date{0}}};
    for (object::Member& member : fields) object.set(member.key, std::move(member.value));
    storage->create(schema, class_name, object);
  }
  void remove(const char* class_name) { storage->remove(schema, class_name, {}); }
  void expect_refused(Sessions& sessions, const std::string& token, const char* message, Milliseconds now = 0) {
    expect_error(ErrorCode::kInvalidSessionToken, message, [&] { sessions.authenticate(schema, token, now); });
  }
  void relate(const char* role, const char* key, object::Pointer member) {
    storage->change_relation({"_Role", role}, key, {{std::move(member)}, {}});
  }

  std::unique_ptr<storage::Adapter> storage = storage::sqlite::open_sqlite({});
  schema::Schema schema;
  const object::Pointer ada{"_User", "ada"};
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(sessions, Fixture)

BOOST_AUTO_TEST_CASE(a_token_names_its_user) {
  Sessions sessions(*storage, {});
  BOOST_TEST(sessions.authenticate(schema, "r:1", 0)->user_id == "ada");
  expect_refused(sessions, "r:2", "Invalid session token");
}

BOOST_AUTO_TEST_CASE(a_session_ends_at_its_time_also_when_it_is_remembered) {
  Sessions sessions(*storage, {});
  sessions.authenticate(schema, "r:1", 9 * kDay);
  expect_refused(sessions, "r:1", "Session token is expired.", 11 * kDay);
}

BOOST_AUTO_TEST_CASE(a_session_whose_user_is_gone_is_worth_nothing) {
  Sessions sessions(*storage, {});
  remove("_User");
  expect_refused(sessions, "r:1", "Invalid session token");
}

BOOST_AUTO_TEST_CASE(a_session_is_remembered_until_it_is_forgotten) {
  Sessions sessions(*storage, {});
  sessions.authenticate(schema, "r:1", 0);
  remove("_Session");
  sessions.authenticate(schema, "r:1", 0);
  sessions.forget("r:1");
  expect_refused(sessions, "r:1", "Invalid session token");
}

BOOST_AUTO_TEST_CASE(forgetting_a_user_forgets_his_sessions) {
  Sessions sessions(*storage, {});
  sessions.authenticate(schema, "r:1", 0);
  remove("_Session");
  sessions.forget_user("bob");
  sessions.authenticate(schema, "r:1", 0);
  sessions.forget_user("ada");
  expect_refused(sessions, "r:1", "Invalid session token");
}

BOOST_AUTO_TEST_CASE(use_in_the_second_half_of_its_life_prolongs_a_session) {
  Sessions sessions(*storage, {{}, true, 10 * kDay});
  sessions.authenticate(schema, "r:1", 4 * kDay);
  BOOST_TEST(*sessions.authenticate(schema, "r:1", 4 * kDay)->expires_at == 10 * kDay);
  BOOST_TEST(*sessions.authenticate(schema, "r:1", 6 * kDay)->expires_at == 16 * kDay);
  sessions.forget_all();
  BOOST_TEST(*sessions.authenticate(schema, "r:1", 12 * kDay)->expires_at == 22 * kDay);
}

// GHSA-8xq9-g7ch-35hg
BOOST_AUTO_TEST_CASE(a_user_id_that_reads_like_a_role_is_refused) {
  add("_User", "role:Admins", {{"_session_token", "old"}});
  add("_Session", "s2", {{"sessionToken", "r:2"}, {"user", object::Pointer{"_User", "role:Admins"}}});
  Sessions sessions(*storage, {});
  expect_error(ErrorCode::kInternal, "Invalid object ID.", [&] { sessions.authenticate(schema, "r:2", 0); });
  expect_error(ErrorCode::kInternal, "Invalid object ID.", [&] { sessions.authenticate_legacy(schema, "old"); });
}

BOOST_AUTO_TEST_CASE(a_legacy_token_names_its_user) {
  add("_User", "bob", {{"_session_token", "old"}});
  Sessions sessions(*storage, {});
  BOOST_TEST(sessions.authenticate_legacy(schema, "old") == "bob");
  expect_error(ErrorCode::kInvalidSessionToken, "invalid legacy session token",
               [&] { sessions.authenticate_legacy(schema, "other"); });
}

BOOST_AUTO_TEST_CASE(roles_are_followed_upward_each_once) {
  for (const char* name : {"A", "B", "C", "D"}) add("_Role", name, {{"name", name}});
  relate("A", "users", ada);
  relate("B", "roles", {"_Role", "A"});
  relate("C", "roles", {"_Role", "B"});
  relate("A", "roles", {"_Role", "C"});
  Roles roles(*storage, {});
  BOOST_TEST(*roles.of_user(schema, "ada") == (std::vector<std::string>{"role:A", "role:B", "role:C"}));
  BOOST_TEST(roles.of_user(schema, "bob")->empty());
}

BOOST_AUTO_TEST_CASE(roles_are_remembered_until_they_are_forgotten) {
  add("_Role", "A", {{"name", "A"}});
  relate("A", "users", ada);
  Roles roles(*storage, {});
  roles.of_user(schema, "ada");
  storage->change_relation({"_Role", "A"}, "users", {{}, {ada}});
  BOOST_TEST(roles.of_user(schema, "ada")->size() == 1U);
  roles.forget_all();
  BOOST_TEST(roles.of_user(schema, "ada")->empty());
}

BOOST_AUTO_TEST_SUITE_END()
