#include "query/denylist.h"

#include "support.h"

using parse::ErrorCode;
using parse::object::Object;
using parse::query::Denylist;

namespace {

Denylist make_denylist(const char* rules) {
  return Denylist(parse::object::parse_json(rules).as<parse::object::Array>());
}
const Denylist kDefault =
    make_denylist(R"([{"key":"_bsontype","value":"Code"},{"key":"constructor"},{"key":"__proto__"}])");

void check_refused(const Denylist& list, const char* payload, const char* message) {
  BOOST_TEST_CONTEXT(payload) {
    parse::query::test::check_error([&] { list.check(parse::object::parse_json(payload).as<Object>()); },
                                    ErrorCode::kInvalidKeyName, message);
  }
}

void check_allowed(const Denylist& list, const char* payload) {
  BOOST_CHECK_NO_THROW(list.check(parse::object::parse_json(payload).as<Object>()));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(denylist)

BOOST_AUTO_TEST_CASE(denied_keys_are_found_at_any_depth_and_the_rule_is_quoted) {
  const char* constructor = R"(Prohibited keyword in request data: {"key":"constructor"}.)";
  check_refused(kDefault, R"({"constructor":1})", constructor);
  check_refused(kDefault, R"({"a":{"b":[{"constructor":1}]}})", constructor);
  check_refused(kDefault, R"({"a":{},"b":[1,{"__proto__":null}]})",
                R"(Prohibited keyword in request data: {"key":"__proto__"}.)");
}

BOOST_AUTO_TEST_CASE(rule_with_key_and_value_needs_both) {
  check_refused(kDefault, R"({"a":{"_bsontype":"Code"}})",
                R"(Prohibited keyword in request data: {"key":"_bsontype","value":"Code"}.)");
  check_allowed(kDefault, R"({"a":{"_bsontype":"Other"},"b":"Code"})");
}

BOOST_AUTO_TEST_CASE(text_rules_match_inside_longer_text) {
  check_refused(kDefault, R"({"myconstructor1":1})", R"(Prohibited keyword in request data: {"key":"constructor"}.)");
}

BOOST_AUTO_TEST_CASE(rules_may_be_expressions_and_values) {
  const Denylist list = make_denylist(R"([{"key":"^a[0-9]$"},{"value":"se.ret"},{"value":7}])");
  check_refused(list, R"({"a1":1})", R"(Prohibited keyword in request data: {"key":"^a[0-9]$"}.)");
  check_refused(list, R"({"x":["secret"]})", R"(Prohibited keyword in request data: {"value":"se.ret"}.)");
  check_refused(list, R"({"x":[7]})", R"(Prohibited keyword in request data: {"value":7}.)");
  check_allowed(list, R"({"a12":"7"})");
}

BOOST_AUTO_TEST_CASE(typed_values_are_scanned_as_they_look_on_the_wire) {
  const Denylist list = make_denylist(R"([{"value":"Evil"},{"key":"iso"}])");
  check_refused(list, R"({"p":{"__type":"Pointer","className":"Evil","objectId":"x"}})",
                R"(Prohibited keyword in request data: {"value":"Evil"}.)");
  check_refused(list, R"({"d":{"__type":"Date","iso":"2020-01-01T00:00:00.000Z"}})",
                R"(Prohibited keyword in request data: {"key":"iso"}.)");
}

BOOST_AUTO_TEST_SUITE_END()
