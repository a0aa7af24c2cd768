#include "schema/field_type.h"

#include "tests/schema/expect_error.h"

using namespace parse;
using schema::FieldKind;
using schema::FieldType;
using test::expect_error;

namespace {

std::string type_text(std::string_view json) {
  const auto type = schema::type_of(object::parse_json(json));
  return type ? schema::to_text(*type) : "none";
}

std::string op_type_text(std::string_view json) {
  const auto type = schema::type_of(object::read_update_op(object::parse_json(json)));
  return type ? schema::to_text(*type) : "none";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(field_type)

BOOST_AUTO_TEST_CASE(names_and_kinds_map_both_ways_except_acl) {
  for (const char* name : {"String", "Number", "Boolean", "Date", "Object", "Array", "GeoPoint", "File", "Bytes",
                           "Polygon", "Pointer", "Relation"}) {
    BOOST_REQUIRE(schema::kind_from_name(name).has_value());
    BOOST_TEST(schema::kind_name(*schema::kind_from_name(name)) == name);
  }
  BOOST_TEST(!schema::kind_from_name("ACL").has_value());
  BOOST_TEST(!schema::kind_from_name("string").has_value());
}

BOOST_AUTO_TEST_CASE(every_json_type_has_its_field_type) {
  BOOST_TEST(type_text("null") == "none");
  BOOST_TEST(type_text("true") == "Boolean");
  BOOST_TEST(type_text("1") == "Number");
  BOOST_TEST(type_text("1.5") == "Number");
  BOOST_TEST(type_text("\"\"") == "String");
  BOOST_TEST(type_text("[]") == "Array");
  BOOST_TEST(type_text("{}") == "Object");
  BOOST_TEST(type_text(R"({"__type":"Pointer","className":"Game","objectId":"a"})") == "Pointer<Game>");
  BOOST_TEST(type_text(R"({"__type":"Relation","className":"Game"})") == "Relation<Game>");
  BOOST_TEST(type_text(R"({"__type":"Date","iso":"2016-03-11T23:51:48.050Z"})") == "Date");
  BOOST_TEST(type_text(R"({"__type":"Bytes","base64":"AA=="})") == "Bytes");
  BOOST_TEST(type_text(R"({"__type":"File","name":"a.txt"})") == "File");
  BOOST_TEST(type_text(R"({"__type":"GeoPoint","latitude":1,"longitude":2})") == "GeoPoint");
  BOOST_TEST(type_text(R"({"__type":"Polygon","coordinates":[[0,0],[0,1],[1,1]]})") == "Polygon");
}

BOOST_AUTO_TEST_CASE(malformed_typed_values_are_named_in_the_error) {
  for (const char* type : {"Pointer", "Relation", "Date", "Bytes", "File", "GeoPoint", "Polygon", "Foo", "Object"}) {
    const std::string json = std::string(R"({"__type":")") + type + "\"}";
    expect_error(ErrorCode::kIncorrectType, std::string("This is not a valid ") + type, [&] { type_text(json); });
  }
  expect_error(ErrorCode::kIncorrectType, "This is not a valid 5", [] { type_text(R"({"__type":5})"); });
  expect_error(ErrorCode::kIncorrectType, "This is not a valid Bytes",
               [] { type_text(R"({"__type":"Bytes","base64":""})"); });
}

BOOST_AUTO_TEST_CASE(operators_imply_the_type_of_their_field) {
  BOOST_TEST(op_type_text(R"({"__op":"Increment","amount":1})") == "Number");
  BOOST_TEST(op_type_text(R"({"__op":"Add","objects":[1]})") == "Array");
  BOOST_TEST(op_type_text(R"({"__op":"AddUnique","objects":[1]})") == "Array");
  BOOST_TEST(op_type_text(R"({"__op":"Remove","objects":[1]})") == "Array");
  BOOST_TEST(op_type_text(R"({"__op":"Delete"})") == "none");
  BOOST_TEST(op_type_text(R"({"__op":"AddRelation","objects":[
      {"__type":"Pointer","className":"Game","objectId":"a"}]})") == "Relation<Game>");
}

BOOST_AUTO_TEST_CASE(members_of_a_relation_are_of_one_class) {
  expect_error(ErrorCode::kIncorrectType, "objects of a relation must be of one class; got A and B", [] {
    op_type_text(R"({"__op":"AddRelation","objects":[{"__type":"Pointer","className":"A","objectId":"x"},
                                                     {"__type":"Pointer","className":"B","objectId":"x"}]})");
  });
}

BOOST_AUTO_TEST_SUITE_END()
