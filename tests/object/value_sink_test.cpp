#include "object/value_sink.h"

#include <boost/test/unit_test.hpp>

#include "base/error.h"
#include "object/json.h"
#include "object/nested_keys.h"

using namespace parse::object;  // NOLINT

namespace {
const char* kEverything =
    R"({"n":null,"b":true,"i":1,"d":1.5,"s":"x","t":{"__type":"Date","iso":"2020-01-01T00:00:00.000Z"},)"
    R"("y":{"__type":"Bytes","base64":"AQ=="},"f":{"__type":"File","name":"a","url":"u"},)"
    R"("g":{"__type":"GeoPoint","latitude":1,"longitude":2},"p":{"__type":"Polygon","coordinates":[[0,0],[0,1],[1,1]]},)"
    R"("r":{"__type":"Pointer","className":"A","objectId":"x"},"l":{"__type":"Relation","className":"A"},"a":[1,[2]],"o":{}})";
}  // namespace

BOOST_AUTO_TEST_SUITE(value_sink)

BOOST_AUTO_TEST_CASE(value_played_into_a_builder_is_the_same_value) {
  const Value value = parse_json(kEverything);
  ValueBuilder builder;
  emit(value, builder);
  BOOST_TEST((builder.take() == value));
  BOOST_TEST(builder.take().is_null());
}

BOOST_AUTO_TEST_CASE(times_of_a_parse_object_are_bare_text) {
  const char* text =
      R"({"createdAt":{"__type":"Date","iso":"2020-01-01T00:00:00.000Z"},"seen":{"__type":"Date","iso":"2020-01-01T00:00:00.000Z"}})";
  std::string out;
  JsonWriter writer(out);
  emit_object(parse_json(text).as<Object>(), writer);
  BOOST_TEST(out ==
             R"({"createdAt":"2020-01-01T00:00:00.000Z","seen":{"__type":"Date","iso":"2020-01-01T00:00:00.000Z"}})");
}

BOOST_AUTO_TEST_CASE(times_of_an_included_object_are_bare_text_too) {
  const char* text =
      R"({"__type":"Object","className":"A","updatedAt":{"__type":"Date","iso":"2020-01-01T00:00:00.000Z"}})";
  BOOST_TEST(to_json(parse_json(text)) ==
             R"({"__type":"Object","className":"A","updatedAt":"2020-01-01T00:00:00.000Z"})");
}

BOOST_AUTO_TEST_CASE(encoded_json_is_read_by_a_builder) {
  ValueBuilder builder;
  builder.begin_object();
  builder.key("a");
  builder.encoded_json(R"([1,{"__type":"Pointer","className":"A","objectId":"x"}])");
  builder.end_object();
  BOOST_TEST(builder.take().as<Object>().at("a").as<Array>()[1].is<Pointer>());
}

BOOST_AUTO_TEST_CASE(nested_keys_must_not_hold_dots_or_dollars) {
  for (const char* text : {R"({"a.b":1})", R"({"$a":1})", R"({"a":{"b$":1}})", R"([{"a":[{".":1}]}])"}) {
    BOOST_CHECK_EXCEPTION(check_nested_keys(parse_json(text)), parse::Error, [](const parse::Error& error) {
      return error.code() == parse::ErrorCode::kInvalidNestedKey &&
             error.message() == "Nested keys should not contain the '$' or '.' characters";
    });
  }
  BOOST_CHECK_NO_THROW(check_nested_keys(parse_json(kEverything)));
}

BOOST_AUTO_TEST_SUITE_END()
