#include "schema/schema_edit.h"

#include "schema/default_classes.h"
#include "schema/schema_json.h"
#include "tests/schema/expect_error.h"

using namespace parse;
using test::expect_error;
using test::json_object;

namespace {

schema::ClassSchema made(std::string_view body) { return schema::new_class("Game", json_object(body), {}); }

schema::ClassSchema game() {
  return made(R"({"fields":{"a":{"type":"String"},"b":{"type":"Number","required":true,"defaultValue":3},
    "p":{"type":"Pointer","targetClass":"Team"},"r":{"type":"Relation","targetClass":"Team"}},
    "classLevelPermissions":{"find":{"*":true}},"indexes":{"i1":{"a":1},"i2":{"a":1,"b":1},"i3":{"b":1}}})");
}

schema::ClassSchema edited(std::string_view body) { return schema::edited_class(game(), json_object(body), {}); }

void refuses_class(ErrorCode code, const std::string& message, std::string_view body) {
  expect_error(code, message, [&] { made(body); });
}

void refuses_edit(ErrorCode code, const std::string& message, std::string_view body) {
  expect_error(code, message, [&] { edited(body); });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(schema_edit)

BOOST_AUTO_TEST_CASE(a_new_class_has_its_default_fields_first) {
  const schema::ClassSchema result = made(R"({"fields":{"a":{"type":"String"}}})");
  BOOST_TEST(result.fields.size() == 5U);
  BOOST_TEST(result.fields.front().name == "objectId");
  BOOST_TEST(result.fields.back().name == "a");
  BOOST_TEST(!result.permissions.has_value());
}

BOOST_AUTO_TEST_CASE(a_bad_class_name_is_refused) {
  expect_error(ErrorCode::kInvalidClassName,
               "Invalid classname: a b, classnames can only have alphanumeric characters and _, and must start with an "
               "alpha character ",
               [] { schema::new_class("a b", {}, {}); });
}

BOOST_AUTO_TEST_CASE(bad_field_definitions_are_refused) {
  refuses_class(ErrorCode::kInvalidKeyName, "invalid field name: 0x", R"({"fields":{"0x":{"type":"String"}}})");
  refuses_class(ErrorCode::kImmutableField, "field objectId cannot be added",
                R"({"fields":{"objectId":{"type":"String"}}})");
  refuses_class(ErrorCode::kIncorrectType, "invalid field type: Strin", R"({"fields":{"x":{"type":"Strin"}}})");
  refuses_class(ErrorCode::kInvalidJson, "invalid JSON", R"({"fields":{"x":{"type":3}}})");
  refuses_class(ErrorCode::kInvalidJson, "invalid JSON", R"({"fields":{"x":"String"}})");
  refuses_class(ErrorCode::kInvalidJson, "invalid JSON", R"({"fields":{"x":null}})");
  refuses_class(ErrorCode::kInvalidKeyName, "invalid field name: 0", R"({"fields":"x"})");
  refuses_class(ErrorCode::kInvalidKeyName, "invalid field name: 0", R"({"fields":[{"type":"String"}]})");
  refuses_class(ErrorCode::kInvalidJson, "0 is not a valid operation for class level permissions",
                R"({"classLevelPermissions":"x"})");
  refuses_class(ErrorCode::kMissingRequiredField, "type Pointer needs a class name",
                R"({"fields":{"x":{"type":"Pointer"}}})");
  refuses_class(ErrorCode::kInvalidJson, "invalid JSON", R"({"fields":{"x":{"type":"Pointer","targetClass":3}}})");
  refuses_class(ErrorCode::kInvalidClassName,
                "Invalid classname: 3, classnames can only have alphanumeric characters and _, and must start with an "
                "alpha character ",
                R"({"fields":{"x":{"type":"Pointer","targetClass":"3"}}})");
}

BOOST_AUTO_TEST_CASE(options_must_fit_the_type) {
  refuses_class(ErrorCode::kIncorrectType, "schema mismatch for Game.x default value; expected String but got Number",
                R"({"fields":{"x":{"type":"String","defaultValue":3}}})");
  refuses_class(ErrorCode::kIncorrectType, "The 'required' option is not applicable for Relation<A>",
                R"({"fields":{"x":{"type":"Relation","targetClass":"A","required":true}}})");
  refuses_class(ErrorCode::kIncorrectType, "The 'default value' option is not applicable for Relation<A>",
                R"({"fields":{"x":{"type":"Relation","targetClass":"A",
                    "defaultValue":{"__type":"Relation","className":"A"}}}})");
  refuses_class(ErrorCode::kIncorrectType,
                "schema mismatch for Game.x default value; expected Relation<A> but got Number",
                R"({"fields":{"x":{"type":"Relation","targetClass":"A","defaultValue":3}}})");
}

BOOST_AUTO_TEST_CASE(a_second_geo_point_is_refused) {
  refuses_class(ErrorCode::kIncorrectType,
                "currently, only one GeoPoint field may exist in an object. Adding y when x already exists.",
                R"({"fields":{"x":{"type":"GeoPoint"},"y":{"type":"GeoPoint"}}})");
}

BOOST_AUTO_TEST_CASE(an_edit_adds_and_deletes_fields_with_their_indexes) {
  const schema::ClassSchema after = edited(R"({"fields":{"a":{"__op":"Delete"},"n":{"type":"String"}}})");
  BOOST_TEST(after.find_field("a") == nullptr);
  BOOST_TEST(after.find_field("n") != nullptr);
  BOOST_TEST(after.indexes.size() == 1U);
  BOOST_TEST(after.indexes.front().name == "i3");
  BOOST_TEST((after.permissions == game().permissions));
}

BOOST_AUTO_TEST_CASE(an_edit_may_change_the_options_of_a_field_but_not_its_type) {
  BOOST_TEST(edited(R"({"fields":{"a":{"type":"String","required":true}}})").find_field("a")->required);
  BOOST_TEST(!edited(R"({"fields":{"b":{"type":"Number"}}})").find_field("b")->required);
  refuses_edit(ErrorCode::kInvalidSchemaOperation, "Field a exists, cannot update.",
               R"({"fields":{"a":{"type":"Number"}}})");
  refuses_edit(ErrorCode::kIncorrectType, "schema mismatch for Game.p; expected Pointer<Team> but got Pointer<Club>",
               R"({"fields":{"p":{"type":"Pointer","targetClass":"Club"}}})");
  refuses_edit(ErrorCode::kIncorrectType, "schema mismatch for Game.p; expected Pointer<Team> but got Pointer",
               R"({"fields":{"p":{"type":"Pointer"}}})");
}

BOOST_AUTO_TEST_CASE(only_existing_fields_that_are_not_built_in_can_be_deleted) {
  refuses_edit(ErrorCode::kInvalidSchemaOperation, "Field zz does not exist, cannot delete.",
               R"({"fields":{"zz":{"__op":"Delete"}}})");
  refuses_edit(ErrorCode::kImmutableField, "field objectId cannot be changed",
               R"({"fields":{"objectId":{"__op":"Delete"}}})");
  expect_error(ErrorCode::kImmutableField, "field username cannot be changed", [] {
    schema::edited_class(schema::default_class("_User"), json_object(R"({"fields":{"username":{"__op":"Delete"}}})"),
                         {});
  });
}

BOOST_AUTO_TEST_CASE(naming_a_default_field_with_its_type_changes_nothing) {
  BOOST_TEST((edited(R"({"fields":{"objectId":{"type":"String"},"ACL":{"type":"ACL"}}})") == game()));
}

BOOST_AUTO_TEST_CASE(permissions_are_replaced_as_a_whole_and_taken_away_by_null) {
  const schema::ClassSchema after = edited(R"({"classLevelPermissions":{"get":{"*":true}}})");
  BOOST_TEST((*after.permissions == json_object(R"({"get":{"*":true}})")));
  BOOST_TEST(!edited(R"({"classLevelPermissions":null})").permissions.has_value());
}

BOOST_AUTO_TEST_CASE(indexes_are_added_and_deleted_by_name) {
  const schema::ClassSchema after = edited(R"({"indexes":{"i1":{"__op":"Delete"},"n":{"createdAt":-1}}})");
  BOOST_TEST(after.find_index("i1") == nullptr);
  BOOST_TEST(after.find_index("n") != nullptr);
}

BOOST_AUTO_TEST_CASE(bad_indexes_are_refused) {
  refuses_edit(ErrorCode::kInvalidQuery, "Index i1 exists, cannot update.", R"({"indexes":{"i1":{"b":1}}})");
  refuses_edit(ErrorCode::kInvalidQuery, "Index zz does not exist, cannot delete.",
               R"({"indexes":{"zz":{"__op":"Delete"}}})");
  refuses_edit(ErrorCode::kInvalidQuery, "Field nope does not exist, cannot add index.",
               R"({"indexes":{"n":{"nope":1}}})");
  refuses_edit(ErrorCode::kInvalidQuery, "Field r is of type Relation, cannot add this index.",
               R"({"indexes":{"n":{"r":1}}})");
  refuses_edit(ErrorCode::kInvalidQuery, "Field b is of type Number, cannot add this index.",
               R"({"indexes":{"n":{"b":"text"}}})");
  refuses_edit(ErrorCode::kInvalidQuery, "Field 0 does not exist, cannot add index.", R"({"indexes":"x"})");
  refuses_edit(ErrorCode::kInvalidQuery, "Field 0 does not exist, cannot add index.", R"({"indexes":{"n":"b"}})");
  refuses_edit(ErrorCode::kInvalidQuery, "Index n: has no field.", R"({"indexes":{"n":{}}})");
  refuses_edit(ErrorCode::kInvalidQuery, "Field _hashed_password does not exist, cannot add index.",
               R"({"indexes":{"n":{"_hashed_password":1}}})");
}

BOOST_AUTO_TEST_SUITE_END()
