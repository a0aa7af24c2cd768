#include "schema/validate.h"

#include "schema/default_classes.h"
#include "schema/field_type.h"
#include "schema/schema_edit.h"
#include "tests/schema/expect_error.h"

using namespace parse;
using test::expect_error;
using test::json_object;

namespace {

constexpr const char* kGame = R"({"fields":{"title":{"type":"String"},"score":{"type":"Number"},
  "meta":{"type":"Object"},"tags":{"type":"Array"},"owner":{"type":"Pointer","targetClass":"_User"},
  "place":{"type":"GeoPoint"},"rank":{"type":"Number","required":true},
  "level":{"type":"Number","required":true,"defaultValue":7},"mood":{"type":"String","defaultValue":"calm"}}})";

schema::ClassSchema game() { return schema::new_class("Game", json_object(kGame), {}); }

object::Update changes(std::string_view json) {
  object::Update update;
  for (const auto& [key, value] : json_object(json)) update.push_back({key, object::read_update_op(value)});
  return update;
}

/// "name:Type" of every field that the class lacks.
std::string added(const schema::ClassSchema& class_schema, std::string_view json,
                  schema::ValidateOptions options = {}) {
  std::string text;
  for (const schema::Field& field : schema::validate(class_schema, changes(json), options))
    text += (text.empty() ? "" : " ") + field.name + ":" + schema::to_text(field.type);
  return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(validate)

BOOST_AUTO_TEST_CASE(known_fields_of_the_right_type_need_nothing) {
  BOOST_TEST(added(game(), R"({"title":"a","score":1.5,"meta":{},"tags":[],"ACL":{"*":{"read":true}},
      "owner":{"__type":"Pointer","className":"_User","objectId":"u"}})") == "");
}

BOOST_AUTO_TEST_CASE(null_and_delete_fit_every_field) {
  BOOST_TEST(added(game(), R"({"title":null,"score":{"__op":"Delete"},"unknown":null})") == "");
}

BOOST_AUTO_TEST_CASE(unknown_fields_come_back_with_their_types_in_order) {
  BOOST_TEST(added(game(), R"({"z":1,"a":"x","p":{"__type":"Pointer","className":"Team","objectId":"t"},
      "n":{"__op":"Increment","amount":1}})") == "z:Number a:String p:Pointer<Team> n:Number");
}

BOOST_AUTO_TEST_CASE(a_value_of_another_type_is_refused_with_both_types_named) {
  expect_error(ErrorCode::kIncorrectType, "schema mismatch for Game.score; expected Number but got String",
               [] { added(game(), R"({"score":"high"})"); });
  expect_error(ErrorCode::kIncorrectType,
               "schema mismatch for Game.owner; expected Pointer<_User> but got Pointer<Team>",
               [] { added(game(), R"({"owner":{"__type":"Pointer","className":"Team","objectId":"t"}})"); });
  expect_error(ErrorCode::kIncorrectType, "schema mismatch for Game.title; expected String but got Array",
               [] { added(game(), R"({"title":{"__op":"Add","objects":[1]}})"); });
  expect_error(ErrorCode::kIncorrectType, "schema mismatch for Game.createdAt; expected Date but got String",
               [] { added(game(), R"({"createdAt":"now"})"); });
}

BOOST_AUTO_TEST_CASE(dotted_paths_need_an_object_or_with_an_index_an_array) {
  BOOST_TEST(added(game(), R"({"meta.a.b":1,"tags.0":"x","fresh.a":1})") == "fresh:Object");
  expect_error(ErrorCode::kIncorrectType, "schema mismatch for Game.score; expected Number but got Object",
               [] { added(game(), R"({"score.a":1})"); });
  expect_error(ErrorCode::kIncorrectType, "schema mismatch for Game.meta; expected Object but got Array",
               [] { added(game(), R"({"meta.0":1})"); });
}

BOOST_AUTO_TEST_CASE(two_paths_into_one_new_field_make_one_field) {
  BOOST_TEST(added(game(), R"({"fresh.a":1,"fresh.b":2})") == "fresh:Object");
}

BOOST_AUTO_TEST_CASE(bad_field_names_are_refused) {
  for (const char* name : {"0x", "length", "className", "_hidden", "a$b"}) {
    const std::string json = std::string("{\"") + name + "\":1}";
    expect_error(ErrorCode::kInvalidKeyName, std::string("Invalid field name: ") + name + ".",
                 [&] { added(game(), json); });
  }
}

BOOST_AUTO_TEST_CASE(the_maintenance_key_may_write_internal_columns) {
  BOOST_TEST(added(schema::default_class("_User"), R"({"_failed_login_count":3})", {.maintenance = true}) == "");
}

BOOST_AUTO_TEST_CASE(a_class_has_one_geo_point_at_most) {
  constexpr const char* kMessage = "there can only be one geopoint field in a class";
  constexpr const char* kTwo = R"({"a":{"__type":"GeoPoint","latitude":1,"longitude":1},
                                   "b":{"__type":"GeoPoint","latitude":1,"longitude":1}})";
  expect_error(ErrorCode::kIncorrectType, kMessage, [&] { added(schema::default_class("New"), kTwo); });
  expect_error(ErrorCode::kIncorrectType, kMessage,
               [] { added(game(), R"({"other":{"__type":"GeoPoint","latitude":1,"longitude":1}})"); });
  BOOST_TEST(added(game(), R"({"place":{"__type":"GeoPoint","latitude":1,"longitude":1}})") == "");
}

BOOST_AUTO_TEST_CASE(a_polygon_needs_three_points) {
  expect_error(ErrorCode::kInvalidJson, "Polygon must have at least 3 values",
               [] { added(game(), R"({"area":{"__type":"Polygon","coordinates":[[0,0],[1,1]]}})"); });
}

BOOST_AUTO_TEST_CASE(the_password_of_a_user_is_text_but_no_stored_field) {
  const schema::ClassSchema user = schema::default_class("_User");
  BOOST_TEST(user.find_field("password") == nullptr);
  BOOST_TEST(added(user, R"({"username":"u","password":"p"})") == "");
  expect_error(ErrorCode::kIncorrectType, "schema mismatch for _User.password; expected String but got Number",
               [&] { added(user, R"({"password":1})"); });
}

BOOST_AUTO_TEST_CASE(a_new_role_needs_its_name_and_acl_and_keeps_them) {
  const schema::ClassSchema role = schema::default_class("_Role");
  expect_error(ErrorCode::kIncorrectType, "name is required.", [&] { added(role, "{}", {.creating = true}); });
  expect_error(ErrorCode::kIncorrectType, "ACL is required.",
               [&] { added(role, R"({"name":"a"})", {.creating = true}); });
  BOOST_TEST(added(role, R"({"name":"a","ACL":{}})", {.creating = true}) == "");
  expect_error(ErrorCode::kIncorrectType, "name is required.", [&] { added(role, R"({"name":{"__op":"Delete"}})"); });
  BOOST_TEST(added(role, "{}") == "");
}

BOOST_AUTO_TEST_CASE(defaults_fill_what_a_new_object_lacks) {
  object::Object object = json_object(R"({"rank":1})");
  const auto filled = schema::fill_defaults(game(), object);
  const std::vector<std::string> expected{"level", "mood"};
  BOOST_TEST(filled == expected, boost::test_tools::per_element());
  BOOST_TEST((object == json_object(R"({"rank":1,"level":7,"mood":"calm"})")));
}

BOOST_AUTO_TEST_CASE(a_null_is_kept_and_not_replaced_by_the_default) {
  object::Object object = json_object(R"({"rank":1,"mood":null})");
  schema::fill_defaults(game(), object);
  BOOST_TEST(object.at("mood").is_null());
}

BOOST_AUTO_TEST_CASE(a_required_field_may_be_neither_missing_nor_empty) {
  for (const char* json : {"{}", R"({"rank":null})", R"({"rank":""})"}) {
    object::Object object = json_object(json);
    expect_error(ErrorCode::kValidationError, "rank is required", [&] { schema::fill_defaults(game(), object); });
  }
  for (const char* json : {R"({"rank":{"__op":"Delete"}})", R"({"rank":null})"})
    expect_error(ErrorCode::kValidationError, "rank is required",
                 [&] { schema::check_required(game(), changes(json)); });
  schema::check_required(game(), changes(R"({"title":null,"rank":2})"));
}

BOOST_AUTO_TEST_SUITE_END()
