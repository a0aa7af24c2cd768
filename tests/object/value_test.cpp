#include "object/value.h"

#include <boost/test/unit_test.hpp>
#include <cmath>

#include "base/error.h"

using namespace parse::object;  // NOLINT

BOOST_AUTO_TEST_SUITE(value)

BOOST_AUTO_TEST_CASE(setting_a_key_again_keeps_its_place) {
  Object object{{"a", 1}, {"b", 2}};
  object.set("a", 3);
  object.set("c", 4);
  BOOST_TEST(object.begin()->key == "a");
  BOOST_TEST((object.at("a") == Value(3)));
  BOOST_TEST(object.size() == 3U);
}

BOOST_AUTO_TEST_CASE(erase_tells_whether_there_was_something) {
  Object object{{"a", 1}};
  BOOST_TEST(object.erase("a"));
  BOOST_TEST(!object.erase("a"));
  BOOST_TEST(object.empty());
}

BOOST_AUTO_TEST_CASE(missing_member_is_named) {
  BOOST_CHECK_EXCEPTION(Object().at("name"), parse::Error, [](const parse::Error& error) {
    return error.code() == parse::ErrorCode::kInvalidJson && error.message() == "name is missing";
  });
}

BOOST_AUTO_TEST_CASE(wrong_type_is_an_error_when_insisted_on) {
  const Value text = "x";
  BOOST_TEST(text.get_if<std::int64_t>() == nullptr);
  BOOST_CHECK_EXCEPTION(text.as<Pointer>(), parse::Error,
                        [](const parse::Error& error) { return error.code() == parse::ErrorCode::kIncorrectType; });
  BOOST_CHECK_THROW(text.number(), parse::Error);
}

BOOST_AUTO_TEST_CASE(equality_is_by_content_and_numbers_by_value) {
  BOOST_TEST((Value(1) == Value(1.0)));
  BOOST_TEST(!(Value(1) == Value("1")));
  BOOST_TEST(!(Value(nullptr) == Value(false)));
  BOOST_TEST((Value(Object{{"a", 1}, {"b", 2}}) == Value(Object{{"b", 2.0}, {"a", 1}})));
  BOOST_TEST(!(Value(Object{{"a", 1}, {"b", 2}}) == Value(Object{{"a", 1}, {"c", 2}})));
  BOOST_TEST(!(Value(Object{{"a", 1}}) == Value(Object{{"a", 2}})));
  BOOST_TEST((Value(Pointer{"A", "x"}) == Value(Pointer{"A", "x"})));
  BOOST_TEST(!(Value(Pointer{"A", "x"}) == Value(Pointer{"B", "x"})));
  BOOST_TEST(!(Value(9007199254740993) == Value(9007199254740992)));
}

BOOST_AUTO_TEST_CASE(truth_is_that_of_javascript) {
  for (const Value& value : {Value(), Value(false), Value(0), Value(0.0), Value(std::nan("")), Value("")})
    BOOST_TEST(!value.truthy());
  for (const Value& value :
       {Value(true), Value(-1), Value(0.5), Value("0"), Value(Array()), Value(Object()), Value(Date{})})
    BOOST_TEST(value.truthy());
}

BOOST_AUTO_TEST_CASE(json_type_names_are_those_of_javascript) {
  BOOST_TEST(Value().json_type() == "null");
  BOOST_TEST(Value(1).json_type() == "number");
  BOOST_TEST(Value(1.5).json_type() == "number");
  BOOST_TEST(Value("x").json_type() == "string");
  BOOST_TEST(Value(true).json_type() == "boolean");
  BOOST_TEST(Value(Array()).json_type() == "array");
  BOOST_TEST(Value(Pointer{"A", "b"}).json_type() == "object");
}

BOOST_AUTO_TEST_CASE(copies_are_independent) {
  Value original = Object{{"list", Array{1, Pointer{"A", "x"}}}};
  const Value copy = original;
  original.get_if<Object>()->set("list", nullptr);
  BOOST_TEST(copy.as<Object>().at("list").as<Array>()[1].is<Pointer>());
}

BOOST_AUTO_TEST_SUITE_END()
