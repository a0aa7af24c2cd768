#include "query/shape.h"

#include <boost/test/unit_test.hpp>

#include "object/json.h"
#include "query/where_parser.h"

using namespace parse;
using namespace parse::query;

BOOST_AUTO_TEST_SUITE(query_shape)

namespace {

const std::vector<OrderTerm> kNewest = {{"createdAt", true}};

Where where_of(const std::string& json) {
  static const schema::Schema schema;
  return parse_where(object::parse_json(json), {.schema = schema, .class_name = "Score", .is_master = true});
}

std::string shape(const std::string& where) {
  const Where parsed = where_of(where);
  return object::to_json(shape_of({"find", "Score", parsed, kNewest}));
}

std::string key(const std::string& where) {
  const Where parsed = where_of(where);
  return shape_key({"find", "Score", parsed, kNewest});
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_shape_names_fields_operators_and_order_but_no_value) {
  BOOST_CHECK_EQUAL(
      shape(R"({"player":"secret","score":{"$gte":10,"$lt":20},"tag":{"$in":["a","b"]}})"),
      R"({"className":"Score","operation":"find","where":{"player":["$eq"],"score":["$gte","$lt"],"tag":["$in"]},"order":["-createdAt"]})");
}

BOOST_AUTO_TEST_CASE(alternatives_are_shapes_of_their_own) {
  BOOST_CHECK_EQUAL(
      shape(R"({"$or":[{"a":1},{"b":{"$exists":true}}]})"),
      R"({"className":"Score","operation":"find","where":{"$or":[{"a":["$eq"]},{"b":["$exists"]}]},"order":["-createdAt"]})");
}

BOOST_AUTO_TEST_CASE(queries_that_differ_in_values_only_have_one_key) {
  BOOST_CHECK_EQUAL(key(R"({"a":1,"b":{"$in":[1,2]}})"), key(R"({"a":"x","b":{"$in":[3]}})"));
  BOOST_CHECK_NE(key(R"({"a":1})"), key(R"({"a":{"$ne":1}})"));
  BOOST_CHECK_NE(key(R"({"a":1})"), key(R"({"b":1})"));
  BOOST_CHECK_NE(key(R"({"$or":[{"a":1},{"b":1}]})"), key(R"({"$nor":[{"a":1},{"b":1}]})"));
}

BOOST_AUTO_TEST_SUITE_END()
