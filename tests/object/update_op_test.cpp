#include "object/update_op.h"

#include <boost/test/unit_test.hpp>

#include "base/error.h"
#include "object/json.h"

using namespace parse::object;  // NOLINT
using parse::ErrorCode;

namespace {

UpdateOp op(std::string_view json) { return read_update_op(parse_json(json)); }

/// The field's new value as JSON, "none" when there is none.
std::string text_of(const std::optional<Value>& value) { return value ? to_json(*value) : "none"; }
std::string on_absent(std::string_view json) { return text_of(apply_to_absent(op(json))); }
std::string on_old(std::string_view old, std::string_view json) {
  const Value value = parse_json(old);
  return text_of(apply_update(&value, op(json)));
}
std::string at_path(std::string_view object, std::string_view path, std::string_view json) {
  Object root = parse_json(object).as<Object>();
  apply_update_at(root, path, op(json));
  return to_json(root);
}

template <typename Action>
void check_error(Action action, ErrorCode code, std::string_view message) {
  try {
    action();
    BOOST_ERROR("no error, but expected: " << message);
  } catch (const parse::Error& error) {
    BOOST_TEST(static_cast<int>(error.code()) == static_cast<int>(code));
    BOOST_TEST(error.message() == message);
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(update_op)

BOOST_AUTO_TEST_CASE(field_that_held_nothing) {
  BOOST_TEST(on_absent("5") == "5");
  BOOST_TEST(on_absent(R"({"a":1})") == R"({"a":1})");
  BOOST_TEST(on_absent(R"({"__op":"Delete"})") == "none");
  BOOST_TEST(on_absent(R"({"__op":"Increment","amount":2})") == "2");
  BOOST_TEST(on_absent(R"({"__op":"SetOnInsert","amount":"x"})") == R"("x")");
  BOOST_TEST(on_absent(R"({"__op":"Add","objects":[1,1]})") == "[1,1]");
  BOOST_TEST(on_absent(R"({"__op":"AddUnique","objects":[2,2,1]})") == "[2,1]");
  BOOST_TEST(on_absent(R"({"__op":"Remove","objects":[1]})") == "[]");
}

BOOST_AUTO_TEST_CASE(field_that_held_something) {
  BOOST_TEST(on_old("1", "5") == "5");
  BOOST_TEST(on_old("1", R"({"__op":"Delete"})") == "none");
  BOOST_TEST(on_old("1", R"({"__op":"SetOnInsert","amount":2})") == "1");
  BOOST_TEST(on_old("1", R"({"__op":"Increment","amount":2})") == "3");
  BOOST_TEST(on_old("1", R"({"__op":"Increment","amount":0.5})") == "1.5");
  BOOST_TEST(on_old("9223372036854775807", R"({"__op":"Increment","amount":1})") == "9223372036854776000");
  BOOST_TEST(on_old("[1,2]", R"({"__op":"Add","objects":[2]})") == "[1,2,2]");
  BOOST_TEST(on_old("[1,2]", R"({"__op":"AddUnique","objects":[2,3,3]})") == "[1,2,3]");
  BOOST_TEST(on_old("[1,2,1]", R"({"__op":"Remove","objects":[1,9]})") == "[2]");
}

BOOST_AUTO_TEST_CASE(pointers_and_included_objects_are_the_same_element) {
  const char* included = R"([{"__type":"Object","className":"A","objectId":"x","name":"n"}])";
  const std::string pointer = R"({"__type":"Pointer","className":"A","objectId":"x"})";
  BOOST_TEST(on_old(included, R"({"__op":"Remove","objects":[)" + pointer + "]}") == "[]");
  BOOST_TEST(on_old(included, R"({"__op":"AddUnique","objects":[)" + pointer + "]}") == included);
}

BOOST_AUTO_TEST_CASE(relation_operations_collect_their_members) {
  const std::string a = R"({"__type":"Pointer","className":"A","objectId":"a"})";
  const std::string b = R"({"__type":"Pointer","className":"A","objectId":"b"})";
  const auto change = std::get<ChangeRelation>(op(R"({"__op":"Batch","ops":[{"__op":"AddRelation","objects":[)" + a +
                                                  R"(]},{"__op":"RemoveRelation","objects":[)" + b + "]}]}"));
  BOOST_TEST(change.added.at(0).object_id == "a");
  BOOST_TEST(change.removed.at(0).object_id == "b");
}

BOOST_AUTO_TEST_CASE(malformed_operations_are_refused) {
  check_error([] { op(R"({"__op":"Explode"})"); }, ErrorCode::kCommandUnavailable,
              "The Explode operator is not supported yet.");
  check_error([] { op(R"({"__op":5})"); }, ErrorCode::kCommandUnavailable, "The operator is not supported yet.");
  check_error([] { op(R"({"__op":"Increment","amount":"1"})"); }, ErrorCode::kInvalidJson,
              "incrementing must provide a number");
  check_error([] { op(R"({"__op":"Increment"})"); }, ErrorCode::kInvalidJson, "incrementing must provide a number");
  check_error([] { op(R"({"__op":"Add","objects":1})"); }, ErrorCode::kInvalidJson, "objects to add must be an array");
  check_error([] { op(R"({"__op":"Batch","ops":[{"__op":"Delete"}]})"); }, ErrorCode::kCommandUnavailable,
              "A Batch may only hold relation operations.");
}

BOOST_AUTO_TEST_CASE(operations_on_values_of_another_type_are_refused) {
  BOOST_CHECK_THROW(on_old("\"x\"", R"({"__op":"Increment","amount":1})"), parse::Error);
  BOOST_CHECK_THROW(on_old("1", R"({"__op":"Add","objects":[1]})"), parse::Error);
}

BOOST_AUTO_TEST_CASE(paths_lead_into_objects_and_lists) {
  BOOST_TEST(at_path("{}", "a", "1") == R"({"a":1})");
  BOOST_TEST(at_path("{}", "a.b.c", "1") == R"({"a":{"b":{"c":1}}})");
  BOOST_TEST(at_path(R"({"a":{"x":1}})", "a.y", "2") == R"({"a":{"x":1,"y":2}})");
  BOOST_TEST(at_path(R"({"a":{"n":1}})", "a.n", R"({"__op":"Increment","amount":2})") == R"({"a":{"n":3}})");
  BOOST_TEST(at_path(R"({"a":[1,2]})", "a.1", "9") == R"({"a":[1,9]})");
  BOOST_TEST(at_path(R"({"a":[1]})", "a.1", "9") == R"({"a":[1,9]})");
  BOOST_TEST(at_path(R"({"a":{"b":1,"c":2}})", "a.b", R"({"__op":"Delete"})") == R"({"a":{"c":2}})");
  BOOST_TEST(at_path(R"({"a":1})", "a", R"({"__op":"Delete"})") == "{}");
}

BOOST_AUTO_TEST_CASE(blocked_paths_are_refused) {
  BOOST_CHECK_THROW(at_path(R"({"a":1})", "a.b", "1"), parse::Error);
  BOOST_CHECK_THROW(at_path(R"({"a":[1]})", "a.5", "1"), parse::Error);
  BOOST_CHECK_THROW(at_path(R"({"a":[1]})", "a.x", "1"), parse::Error);
}

BOOST_AUTO_TEST_CASE(path_must_not_make_an_object_too_deep_to_read_again) {
  std::string path = "a";
  for (int i = 0; i < 10'000; ++i) path += ".a";
  check_error([&] { at_path("{}", path, "1"); }, ErrorCode::kInvalidJson, "the update makes the object too deep");
  const std::string deep = std::string(500, '[') + std::string(500, ']');
  check_error([&] { at_path("{}", "a.b", deep); }, ErrorCode::kInvalidJson, "the update makes the object too deep");
}

BOOST_AUTO_TEST_SUITE_END()
