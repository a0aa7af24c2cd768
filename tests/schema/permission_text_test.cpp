#include "schema/permission_text.h"

#include "schema/permissions.h"
#include "tests/schema/expect_error.h"

using namespace parse;
using test::json_object;

BOOST_AUTO_TEST_SUITE(permission_text)

BOOST_AUTO_TEST_CASE(a_rule_comes_back_from_its_entities) {
  const object::Object rule =
      json_object(R"({"u1":true,"role:b":true,"requiresAuthentication":true,"role:a":true,"pointerFields":["o"]})");
  const std::vector<std::string> entities = schema::to_entities(rule);
  const std::vector<std::string> expected{"authenticated", "role:a", "role:b", "pointer:o", "u1"};
  BOOST_TEST(entities == expected, boost::test_tools::per_element());
  BOOST_CHECK(schema::to_rule(entities) == rule);
  BOOST_TEST(schema::entities_text({}) == "nobody");
}

BOOST_AUTO_TEST_CASE(entities_have_other_spellings) {
  BOOST_TEST(schema::normal_entity("public") == "*");
  BOOST_TEST(schema::normal_entity("user:public") == "public");
}

BOOST_AUTO_TEST_CASE(permissions_that_mean_the_same_have_one_document) {
  const auto left =
      json_object(R"({"find":{"*":true},"ACL":{"*":{"read":true,"write":true}},"protectedFields":{"*":[]}})");
  const auto right = json_object(R"({"protectedFields":{},"get":{},"find":{"*":true},"readUserFields":[]})");
  BOOST_CHECK(schema::permissions_document(left) == schema::permissions_document(right));
  BOOST_TEST(schema::change_text(object::Value(left), object::Value(right)).empty());
}

BOOST_AUTO_TEST_CASE(an_empty_acl_closes_new_objects_and_is_kept) {
  BOOST_TEST(schema::permissions_document(json_object(R"({"ACL":{}})")).contains("ACL"));
}

BOOST_AUTO_TEST_CASE(a_decision_names_the_entry_that_let_the_caller_in) {
  const auto entry = [](std::string_view json) {
    const object::Object stored = json_object(json);
    const std::vector<std::string> group{"*", "role:Editors", "ada1"};
    return std::string(schema::ClassPermissions(stored).decide(schema::Operation::kFind, group).entry);
  };
  BOOST_TEST(entry(R"({"find":{"*":true,"ada1":true}})") == "*");
  BOOST_TEST(entry(R"({"find":{"role:Editors":true}})") == "role:Editors");
  BOOST_TEST(entry(R"({"find":{"requiresAuthentication":true}})") == "authenticated");
  BOOST_TEST(entry(R"({"find":{"bob":true}})").empty());
}

BOOST_AUTO_TEST_SUITE_END()
