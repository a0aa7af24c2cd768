#include "transfer/prepare.h"

#include <boost/test/unit_test.hpp>

#include "base/error.h"
#include "object/json.h"
#include "schema/default_classes.h"

using namespace parse;
using object::Object;

namespace {

struct Prepared {
  Object object;
  std::vector<schema::Field> missing;
};

Prepared prepared(const std::string& class_name, const std::string& json) {
  Prepared made{object::parse_json(json).as<Object>(), {}};
  made.missing = transfer::prepare(schema::default_class(class_name), made.object, {.spare_id = "spare", .now = 5000});
  return made;
}

auto has_code(ErrorCode code) {
  return [code](const Error& error) { return error.code() == code; };
}

}  // namespace

BOOST_AUTO_TEST_SUITE(prepare)

BOOST_AUTO_TEST_CASE(times_are_dates_and_complete_each_other) {
  const Object given = prepared("Game", R"({"createdAt":"1970-01-01T00:00:01.000Z"})").object;
  BOOST_CHECK(given.at("createdAt") == object::Value(object::Date{1000}));
  BOOST_CHECK(given.at("updatedAt") == object::Value(object::Date{1000}));
  const Object none = prepared("Game", R"({"updatedAt":null})").object;
  BOOST_CHECK(none.at("createdAt") == object::Value(object::Date{5000}));
  BOOST_CHECK(none.at("updatedAt") == object::Value(object::Date{5000}));
  BOOST_CHECK_EXCEPTION(prepared("Game", R"({"createdAt":"yesterday"})"), Error, has_code(ErrorCode::kIncorrectType));
}

BOOST_AUTO_TEST_CASE(an_object_without_an_id_gets_the_spare_one) {
  BOOST_CHECK_EQUAL(prepared("Game", "{}").object.at("objectId").as<std::string>(), "spare");
  BOOST_CHECK_EQUAL(prepared("Game", R"({"objectId":"a"})").object.at("objectId").as<std::string>(), "a");
  BOOST_CHECK_EXCEPTION(prepared("Game", R"({"objectId":""})"), Error, has_code(ErrorCode::kMissingObjectId));
}

BOOST_AUTO_TEST_CASE(a_relation_makes_its_field_and_is_not_stored) {
  const Prepared made = prepared("Game", R"({"fans":{"__type":"Relation","className":"_User"},"gone":null})");
  BOOST_REQUIRE_EQUAL(made.missing.size(), 1);
  BOOST_CHECK(made.missing[0].type == (schema::FieldType{schema::FieldKind::kRelation, "_User"}));
  BOOST_CHECK(!made.object.contains("fans"));
  BOOST_CHECK(!made.object.contains("gone"));
}

BOOST_AUTO_TEST_CASE(the_password_columns_of_hosted_parse_become_those_of_storage) {
  const Object user = prepared("_User", R"({"username":"a","bcryptPassword":"$2b$x"})").object;
  BOOST_CHECK_EQUAL(user.at("_hashed_password").as<std::string>(), "$2b$x");
  BOOST_CHECK(prepared("Game", R"({"bcryptPassword":"x"})").object.contains("bcryptPassword"));
}

BOOST_AUTO_TEST_CASE(what_the_server_would_refuse_is_refused) {
  const std::pair<const char*, ErrorCode> rows[] = {
      {R"({"a.b":1})", ErrorCode::kInvalidKeyName},
      {R"({"1a":1})", ErrorCode::kInvalidKeyName},
      {R"({"a":{"$b":1}})", ErrorCode::kInvalidNestedKey},
      {R"({"ACL":"all"})", ErrorCode::kInvalidAcl},
      {R"({"a":{"__op":"Increment","amount":1}})", ErrorCode::kIncorrectType},
      {R"({"a":{"__type":"Pointer"}})", ErrorCode::kIncorrectType},
  };
  for (const auto& [json, code] : rows) BOOST_CHECK_EXCEPTION(prepared("Game", json), Error, has_code(code));
}

BOOST_AUTO_TEST_CASE(the_id_of_a_row_depends_on_class_line_and_text) {
  transfer::Row row;
  row.line = 3;
  row.text = "{}";
  const std::string id = transfer::id_of_row("Game", row);
  BOOST_CHECK_EQUAL(id.size(), 16);
  BOOST_CHECK_EQUAL(transfer::id_of_row("Game", row), id);
  BOOST_CHECK_NE(transfer::id_of_row("Team", row), id);
  row.line = 4;
  BOOST_CHECK_NE(transfer::id_of_row("Game", row), id);
}

BOOST_AUTO_TEST_SUITE_END()
