#include "config/toml_document.h"

#include <boost/test/unit_test.hpp>

#include "base/error.h"
#include "object/json.h"

using namespace parse;
using object::Object;

namespace {

Object json_object(std::string_view text) { return object::parse_json(text).as<Object>(); }

}  // namespace

BOOST_AUTO_TEST_SUITE(toml_document)

BOOST_AUTO_TEST_CASE(values_of_every_type_come_back_from_toml) {
  const Object document = json_object(R"({"plain":"a \"b\"\n\u0001ü","no":false,"many":[1,2.5,1e300,"x",[],{}],
      "weird key.":{"date":{"__type":"Date","iso":"2020-01-02T03:04:05.678Z"},
      "place":{"__type":"GeoPoint","latitude":1,"longitude":-2.5},"bytes":{"__type":"Bytes","base64":"aGk="},
      "file":{"__type":"File","name":"a.txt"},"to":{"__type":"Pointer","className":"A","objectId":"x"},
      "shape":{"__type":"Polygon","coordinates":[[0,0],[0,1],[1,1],[0,0]]},"gone":null,"deep":{"a":[{"b":null}]}},
      "nothing":{}})");
  for (const int depth : {0, 1, 3}) {
    const std::string text = config::write_toml_document(document, depth);
    BOOST_CHECK_MESSAGE(config::read_toml_document(text, "x.toml") == document, text);
  }
}

BOOST_AUTO_TEST_CASE(tables_have_headings_down_to_the_depth) {
  const Object document = json_object(R"({"a":1,"b":{"c":{"d":{"e":2}},"f":{}}})");
  BOOST_TEST(config::write_toml_document(document, 2) == "a = 1\n\n[b.c]\nd = { e = 2 }\n\n[b.f]\n");
}

BOOST_AUTO_TEST_CASE(json_has_a_line_for_each_member_down_to_the_depth) {
  BOOST_TEST(config::write_json_document(json_object(R"({"a":{"b":{"c":[1]}},"d":{}})"), 2) ==
             "{\n  \"a\": {\n    \"b\": {\"c\":[1]}\n  },\n  \"d\": {}\n}\n");
}

BOOST_AUTO_TEST_CASE(a_mistake_is_named_with_file_and_line) {
  try {
    config::read_toml_document("a = 1\nb = \n", "x.toml");
    BOOST_ERROR("no error");
  } catch (const Error& error) {
    BOOST_TEST(error.message().starts_with("x.toml, line 2: "));
  }
}

BOOST_AUTO_TEST_SUITE_END()
