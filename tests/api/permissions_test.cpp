#include <boost/test/unit_test.hpp>

#include "tests/api/account_app.h"

namespace parse::test {
namespace {

struct Fixture {
  AccountApp app;
  AccountApp::Person ann = app.sign_up("ann");
  AccountApp::Person bob = app.sign_up("bob");

  std::string create_for(const std::string& reader) {
    return app.create("Note", R"({"ACL":{")" + reader + R"(":{"read":true,"write":true}}})", app.kMaster);
  }
};

BOOST_FIXTURE_TEST_SUITE(permissions, Fixture)

BOOST_AUTO_TEST_CASE(an_acl_counts_for_find_get_count_include_and_sub_queries) {
  const std::string note = create_for(ann.id);
  const std::string shelf = app.create("Shelf", R"({"note":)" + app.pointer("Note", note) + "}");
  const std::string in_query = R"(/classes/Shelf?where={"note":{"$inQuery":{"className":"Note","where":{}}}})";
  const auto sees = [&](const AccountApp::Fields& fields) {
    return std::vector<bool>{
        app.get("/classes/Note/" + note, fields).status == 200, app.count_found("/classes/Note", fields) == 1,
        app.member(app.get("/classes/Note?count=1&limit=0", fields), "count") == object::Value(1),
        app.get("/classes/Shelf/" + shelf + "?include=note", fields).body.find("Note") != std::string::npos,
        app.count_found(in_query, fields) == 1};
  };
  BOOST_TEST(sees(ann.fields) == std::vector<bool>(5, true));
  BOOST_TEST(sees(bob.fields) == std::vector<bool>(5, false));
  BOOST_TEST(sees(app.kPublic) == std::vector<bool>(5, false));
  BOOST_TEST(sees(app.kMaster) == std::vector<bool>(5, true));
}

BOOST_AUTO_TEST_CASE(who_may_not_write_an_object_is_told_that_it_is_not_there) {
  const std::string note = create_for(ann.id);
  BOOST_TEST(app.code(app.put("/classes/Note/" + note, R"({"a":1})", bob.fields)) == 101);
  BOOST_TEST(app.code(app.remove("/classes/Note/" + note, bob.fields)) == 101);
  BOOST_TEST(app.put("/classes/Note/" + note, R"({"a":1})", ann.fields).status == 200);
}

BOOST_AUTO_TEST_CASE(members_of_a_role_have_the_roles_above_it) {
  const std::string note = create_for("role:Top");
  const std::string low = app.create_role("Low", ann.id);
  const std::string middle = app.create_role("Middle", "", low);
  BOOST_TEST(app.get("/classes/Note/" + note, ann.fields).status == 404);
  app.create_role("Top", "", middle);
  BOOST_TEST(app.get("/classes/Note/" + note, ann.fields).status == 200);
  BOOST_TEST(app.get("/classes/Note/" + note, bob.fields).status == 404);
}

BOOST_AUTO_TEST_CASE(a_change_of_a_role_counts_at_once) {
  const std::string note = create_for("role:Team");
  const std::string role = app.create_role("Team", ann.id);
  BOOST_TEST(app.get("/classes/Note/" + note, ann.fields).status == 200);
  const std::string out = R"({"users":{"__op":"RemoveRelation","objects":[)" + app.pointer("_User", ann.id) + "]}}";
  BOOST_TEST(app.put("/roles/" + role, out, app.kMaster).status == 200);
  BOOST_TEST(app.get("/classes/Note/" + note, ann.fields).status == 404);
  const std::string in = R"({"users":{"__op":"AddRelation","objects":[)" + app.pointer("_User", ann.id) + "]}}";
  app.put("/roles/" + role, in, app.kMaster);
  BOOST_TEST(app.get("/classes/Note/" + note, ann.fields).status == 200);
  app.remove("/roles/" + role, app.kMaster);
  BOOST_TEST(app.get("/classes/Note/" + note, ann.fields).status == 404);
}

BOOST_AUTO_TEST_CASE(roles_that_contain_each_other_end_the_walk) {
  const std::string first = app.create_role("First", ann.id);
  const std::string second = app.create_role("Second", "", first);
  const std::string circle = R"({"roles":{"__op":"AddRelation","objects":[)" + app.pointer("_Role", second) + "," +
                             app.pointer("_Role", first) + "]}}";
  BOOST_TEST(app.put("/roles/" + first, circle, app.kMaster).status == 200);
  const std::string note = create_for("role:Second");
  BOOST_TEST(app.get("/classes/Note/" + note, ann.fields).status == 200);
}

BOOST_AUTO_TEST_CASE(pointer_permissions_narrow_a_login_down) {
  const std::string note =
      app.create("Note", R"({"owner":)" + app.pointer("_User", ann.id) + R"(,"helpers":[]})", app.kMaster);
  app.set_permissions("Note", R"({"find":{"pointerFields":["owner"]},"get":{"requiresAuthentication":true,
      "pointerFields":["owner","helpers"]},"count":{"pointerFields":["owner"]},"update":{"pointerFields":["owner"]},
      "delete":{"pointerFields":["owner"]},"create":{"pointerFields":["owner"]}})");
  const auto allowed = [&](const AccountApp::Fields& fields) {
    return std::vector<bool>{
        app.count_found("/classes/Note", fields) == 1, app.get("/classes/Note/" + note, fields).status == 200,
        app.put("/classes/Note/" + note, R"({"owner":)" + app.pointer("_User", ann.id) + "}", fields).status == 200};
  };
  BOOST_TEST(allowed(ann.fields) == std::vector<bool>(3, true));
  BOOST_TEST(allowed(bob.fields) == std::vector<bool>(3, false));
  BOOST_TEST(app.code(app.get("/classes/Note/" + note)) == 101);
  BOOST_TEST(app.code(app.post("/classes/Note", "{}", ann.fields)) == 119);
  const std::string share = R"({"helpers":[)" + app.pointer("_User", bob.id) + "]}";
  app.put("/classes/Note/" + note, share, app.kMaster);
  BOOST_TEST(app.get("/classes/Note/" + note, bob.fields).status == 200);
  BOOST_TEST(app.code(app.remove("/classes/Note/" + note, bob.fields)) == 101);
}

BOOST_AUTO_TEST_CASE(a_field_may_be_added_under_a_pointer_permission_to_ones_own_object_only) {
  const std::string note = app.create("Note", R"({"owner":)" + app.pointer("_User", ann.id) + "}", app.kMaster);
  app.set_permissions("Note", R"({"find":{"*":true},"get":{"*":true},"update":{"*":true},"create":{"*":true},
      "addField":{"pointerFields":["owner"]}})");
  BOOST_TEST(app.code(app.put("/classes/Note/" + note, R"({"extra":1})", bob.fields)) == 101);
  BOOST_TEST(app.put("/classes/Note/" + note, R"({"more":1})", ann.fields).status == 200);
  BOOST_TEST(app.code(app.post("/classes/Note", R"({"other":1})", ann.fields)) == 119);
}

BOOST_AUTO_TEST_CASE(users_roles_and_logins_open_a_class) {
  app.create("Note", "{}", app.kMaster);
  app.create_role("Team", bob.id);
  app.set_permissions("Note", R"({"find":{")" + ann.id + R"(":true},"get":{"role:Team":true},
      "count":{"requiresAuthentication":true}})");
  BOOST_TEST(app.get("/classes/Note", ann.fields).status == 200);
  BOOST_TEST(app.code(app.get("/classes/Note", bob.fields)) == 119);
  BOOST_TEST(app.code(app.get("/classes/Note/x", bob.fields)) == 101);
  BOOST_TEST(app.code(app.get("/classes/Note/x", ann.fields)) == 119);
  BOOST_TEST(app.code(app.get("/classes/Note?count=1&limit=0")) == 101);
  BOOST_TEST(app.get("/classes/Note?count=1&limit=0", bob.fields).status == 200);
}

BOOST_AUTO_TEST_CASE(the_default_acl_names_the_maker) {
  app.create("Note", "{}", app.kMaster);
  app.set_permissions("Note", R"({"ACL":{"currentUser":{"read":true,"write":true}},"find":{"*":true},"get":{"*":true},
      "create":{"*":true},"count":{"*":true},"update":{"*":true},"delete":{"*":true},"addField":{"*":true}})");
  const std::string note = app.create("Note", "{}", ann.fields);
  BOOST_TEST(app.get("/classes/Note/" + note, ann.fields).status == 200);
  BOOST_TEST(app.get("/classes/Note/" + note, bob.fields).status == 404);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace parse::test
