#include "schema/permissions.h"

#include "schema/schema_edit.h"
#include "tests/schema/expect_error.h"

using namespace parse;
using schema::Operation;
using schema::Verdict;
using test::expect_error;
using test::json_object;

namespace {

const std::vector<std::string> kPublic{"*"};
const std::vector<std::string> kAda{"*", "role:Editors", "ada1"};

schema::ClassSchema game() {
  return schema::new_class("Game", json_object(R"({"fields":{"owner":{"type":"Pointer","targetClass":"_User"},
    "team":{"type":"Pointer","targetClass":"Team"},"editors":{"type":"Array"},"secret":{"type":"String"}}})"),
                           {});
}

void refuses(const std::string& message, std::string_view json) {
  expect_error(ErrorCode::kInvalidJson, message,
               [&] { schema::validate_permissions(json_object(json), game(), false); });
}

Verdict verdict(std::string_view json, Operation operation, const std::vector<std::string>& group,
                bool updating = false) {
  const object::Object stored = json_object(json);
  return schema::read_permissions(stored).check(operation, group, updating);
}

}  // namespace

BOOST_TEST_DONT_PRINT_LOG_VALUE(Verdict)

BOOST_AUTO_TEST_SUITE(permissions)

BOOST_AUTO_TEST_CASE(the_public_the_user_and_roles_are_let_in_by_name) {
  BOOST_TEST(verdict(R"({"find":{"*":true}})", Operation::kFind, kPublic) == Verdict::kAllowed);
  BOOST_TEST(verdict(R"({"find":{"ada1":true}})", Operation::kFind, kAda) == Verdict::kAllowed);
  BOOST_TEST(verdict(R"({"find":{"role:Editors":true}})", Operation::kFind, kAda) == Verdict::kAllowed);
  BOOST_TEST(verdict(R"({"find":{"ada1":true}})", Operation::kFind, kPublic) == Verdict::kDenied);
}

BOOST_AUTO_TEST_CASE(empty_and_missing_operations_are_closed) {
  BOOST_TEST(verdict(R"({"find":{}})", Operation::kFind, kAda) == Verdict::kDenied);
  BOOST_TEST(verdict(R"({"find":{"*":true}})", Operation::kGet, kAda) == Verdict::kDenied);
}

BOOST_AUTO_TEST_CASE(requires_authentication_asks_for_a_login) {
  constexpr const char* kRule = R"({"create":{"requiresAuthentication":true}})";
  BOOST_TEST(verdict(kRule, Operation::kCreate, kPublic) == Verdict::kNeedsLogin);
  BOOST_TEST(verdict(kRule, Operation::kCreate, kAda) == Verdict::kAllowed);
}

BOOST_AUTO_TEST_CASE(pointer_permissions_never_cover_create) {
  constexpr const char* kRule = R"({"find":{},"update":{"pointerFields":["owner"]},"readUserFields":["owner"],
                                    "writeUserFields":["editors"]})";
  BOOST_TEST(verdict(kRule, Operation::kFind, kPublic) == Verdict::kPointerUsersOnly);
  BOOST_TEST(verdict(kRule, Operation::kUpdate, kAda) == Verdict::kPointerUsersOnly);
  BOOST_TEST(verdict(kRule, Operation::kCreate, kAda) == Verdict::kDenied);
  const object::Object stored = json_object(kRule);
  const std::vector<std::string> expected{"owner", "editors"};
  BOOST_TEST(schema::read_permissions(stored).user_fields(Operation::kUpdate) == expected,
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(pointer_fields_of_add_field_cover_updates_only) {
  constexpr const char* kRule = R"({"addField":{"pointerFields":["owner"]}})";
  BOOST_TEST(verdict(kRule, Operation::kAddField, kAda, true) == Verdict::kPointerUsersOnly);
  BOOST_TEST(verdict(kRule, Operation::kAddField, kAda, false) == Verdict::kDenied);
}

BOOST_AUTO_TEST_CASE(a_user_named_like_a_rule_key_gains_nothing) {
  BOOST_TEST(verdict(R"({"delete":{"pointerFields":[]}})", Operation::kDelete, {"*", "pointerFields"}) ==
             Verdict::kDenied);
}

BOOST_AUTO_TEST_CASE(well_formed_permissions_are_accepted) {
  schema::validate_permissions(json_object(R"({"find":{"*":true,"ada1":true,"role:A B":true},
    "get":{"requiresAuthentication":true},"update":{"pointerFields":["owner","editors"]},"readUserFields":["owner"],
    "protectedFields":{"*":["secret"],"authenticated":[],"role:x":["secret"],"userField:owner":[],"ada1":[]},
    "ACL":{"*":{"read":true},"currentUser":{"read":true,"write":false}}})"),
                               game(), false);
}

BOOST_AUTO_TEST_CASE(unknown_operations_and_wrong_shapes_are_refused) {
  refuses("dig is not a valid operation for class level permissions", R"({"dig":{}})");
  refuses("'true' is not a valid value for class level permissions find - must be an object", R"({"find":true})");
  refuses("'owner' is not a valid value for class level permissions readUserFields - must be an array",
          R"({"readUserFields":"owner"})");
  refuses("'1' is not a valid value for class level permissions acl find:*", R"({"find":{"*":1}})");
  refuses("'false' is not a valid value for class level permissions acl find:*", R"({"find":{"*":false}})");
  refuses("'a-b' is not a valid key for class level permissions", R"({"find":{"a-b":true}})");
}

BOOST_AUTO_TEST_CASE(pointer_fields_must_be_columns_that_can_hold_users) {
  refuses("'team' is not a valid column for class level pointer permissions readUserFields",
          R"({"readUserFields":["team"]})");
  refuses("'nope' is not a valid column for class level pointer permissions find",
          R"({"find":{"pointerFields":["nope"]}})");
  refuses("'owner' is not a valid value for find[pointerFields] - expected an array.",
          R"({"find":{"pointerFields":"owner"}})");
}

BOOST_AUTO_TEST_CASE(protected_fields_must_exist_and_not_be_default_ones) {
  refuses("Default field 'objectId' can not be protected", R"({"protectedFields":{"*":["objectId"]}})");
  refuses("Field 'nope' in protectedFields:* does not exist", R"({"protectedFields":{"*":["nope"]}})");
  refuses("'secret' is not a valid value for protectedFields[*] - expected an array.",
          R"({"protectedFields":{"*":"secret"}})");
  refuses("'a-b' is not a valid key for class level permissions", R"({"protectedFields":{"a-b":[]}})");
}

BOOST_AUTO_TEST_CASE(the_default_acl_has_only_read_and_write_flags) {
  refuses("'x' is not a valid value for class level permissions acl", R"({"ACL":{"*":"x"}})");
  refuses("'erase' is not a valid key for class level permissions acl", R"({"ACL":{"*":{"erase":true}}})");
  refuses("'1' is not a valid value for class level permissions acl", R"({"ACL":{"*":{"read":1}}})");
}

BOOST_AUTO_TEST_CASE(custom_ids_allow_any_text_as_user) {
  schema::validate_permissions(json_object(R"({"find":{"a-b":true}})"), game(), true);
}

BOOST_AUTO_TEST_SUITE_END()
