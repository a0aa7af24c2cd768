#include "schema/protected_fields.h"

#include <boost/test/unit_test.hpp>

#include "object/json.h"

using parse::object::Object;
using parse::schema::ProtectedFields;

namespace {

using Names = std::vector<std::string>;

Object rules(const char* json) { return parse::object::parse_json(json).as<Object>(); }

Names hidden(const char* of_class, const std::string& user, const Names& roles = {}) {
  const Object parsed = rules(of_class);
  return ProtectedFields(&parsed, nullptr, {user, roles}).hidden();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(protected_fields)

BOOST_AUTO_TEST_CASE(without_rules_nothing_is_hidden) {
  const Names roles;
  const ProtectedFields fields(nullptr, nullptr, {"", roles});
  BOOST_TEST(fields.hidden().empty());
  BOOST_TEST(!fields.hides("any"));
}

BOOST_AUTO_TEST_CASE(what_is_hidden_is_what_all_groups_of_the_caller_hide) {
  constexpr const char* kRules = R"({"*":["a","b"],"authenticated":["b","c"],"role:Team":["b"],"me":[]})";
  BOOST_TEST(hidden(kRules, "") == (Names{"a", "b"}));
  BOOST_TEST(hidden(kRules, "ann") == Names{"b"});
  BOOST_TEST(hidden(kRules, "ann", {"role:Team"}) == Names{"b"});
  BOOST_TEST(hidden(kRules, "me") == Names{});
}

BOOST_AUTO_TEST_CASE(a_group_that_does_not_apply_hides_nothing) {
  BOOST_TEST(hidden(R"({"role:Team":["a"],"authenticated":["b"]})", "") == Names{});
}

BOOST_AUTO_TEST_CASE(rules_of_class_and_server_are_joined_by_group) {
  const Object of_class = rules(R"({"*":["a"]})");
  const Object of_server = rules(R"({"*":["b","a"]})");
  const Names roles;
  BOOST_TEST(ProtectedFields(&of_class, &of_server, {"", roles}).hidden() == (Names{"a", "b"}));
  BOOST_TEST(ProtectedFields(nullptr, &of_server, {"", roles}).hidden() == (Names{"b", "a"}));
}

BOOST_AUTO_TEST_CASE(a_path_into_a_hidden_field_is_hidden) {
  const Object of_class = rules(R"({"*":["map"]})");
  const Names roles;
  const ProtectedFields fields(&of_class, nullptr, {"", roles});
  BOOST_TEST(fields.hides("map.k.x"));
  BOOST_TEST(!fields.hides("mapping"));
}

BOOST_AUTO_TEST_CASE(users_of_a_field_see_what_their_rule_leaves_out) {
  const Object of_class = rules(R"({"*":["a","b"],"userField:owner":["b"],"userField:helpers":[]})");
  const Names roles;
  const ProtectedFields fields(&of_class, nullptr, {"ann", roles});
  const parse::object::Pointer ann{"_User", "ann"};
  BOOST_TEST(fields.user_fields() == (Names{"owner", "helpers"}));
  BOOST_TEST(fields.hidden_in({}) == (Names{"a", "b"}));
  BOOST_TEST(fields.hidden_in({{"owner", ann}}) == Names{"b"});
  BOOST_TEST(fields.hidden_in({{"helpers", parse::object::Array{ann}}}) == Names{});
  BOOST_TEST(fields.hidden_in({{"owner", parse::object::Pointer{"_User", "bob"}}}) == (Names{"a", "b"}));
}

BOOST_AUTO_TEST_SUITE_END()
