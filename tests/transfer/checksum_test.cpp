#include "transfer/checksum.h"

#include <boost/test/unit_test.hpp>

#include "object/json.h"

using namespace parse;
using transfer::Digest;
using transfer::Tally;
using transfer::View;

namespace {

Digest digest_of(const std::string& json, const View& view = {}) {
  return transfer::Digester(view).digest(object::parse_json(json).as<object::Object>());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(checksum)

BOOST_AUTO_TEST_CASE(the_order_of_keys_does_not_count_at_any_depth) {
  BOOST_TEST((digest_of(R"({"a":1,"m":{"x":[{"p":1,"q":2}],"y":2}})") ==
              digest_of(R"({"m":{"y":2,"x":[{"q":2,"p":1}]},"a":1})")));
  BOOST_TEST((digest_of(R"({"a":[1,2]})") != digest_of(R"({"a":[2,1]})")));
}

BOOST_AUTO_TEST_CASE(numbers_are_the_same_when_doubles_are) {
  BOOST_TEST((digest_of(R"({"n":1})") == digest_of(R"({"n":1.0})")));
  BOOST_TEST((digest_of(R"({"n":-0.0})") == digest_of(R"({"n":0})")));
  BOOST_TEST((digest_of(R"({"n":9007199254740993})") == digest_of(R"({"n":9007199254740992.0})")));
  BOOST_TEST((digest_of(R"({"n":0.1})") != digest_of(R"({"n":0.10000000000000002})")));
}

BOOST_AUTO_TEST_CASE(null_and_relations_are_as_good_as_nothing_in_a_row_only) {
  BOOST_TEST((digest_of(R"({"a":1,"b":null,"r":{"__type":"Relation","className":"C"}})") == digest_of(R"({"a":1})")));
  BOOST_TEST((digest_of(R"({"a":{"b":null}})") != digest_of(R"({"a":{}})")));
}

BOOST_AUTO_TEST_CASE(files_count_by_name_and_bytes_by_content) {
  BOOST_TEST((digest_of(R"({"f":{"__type":"File","name":"a.png","url":"http://a/a.png"}})") ==
              digest_of(R"({"f":{"__type":"File","name":"a.png","url":"http://b/a.png"}})")));
  BOOST_TEST((digest_of(R"({"b":{"__type":"Bytes","base64":"-_8="}})") ==
              digest_of(R"({"b":{"__type":"Bytes","base64":"+/8="}})")));
}

BOOST_AUTO_TEST_CASE(times_as_texts_and_as_dates_are_the_same) {
  const object::Object stored{{"createdAt", object::Date{1577836800123}}};
  BOOST_TEST((transfer::Digester(View()).digest(stored) == digest_of(R"({"createdAt":"2020-01-01T00:00:00.123Z"})")));
}

BOOST_AUTO_TEST_CASE(a_view_leaves_out_what_the_other_side_cannot_have) {
  const View view{.has_internal = false, .has_created_at = false, .has_updated_at = false};
  BOOST_TEST((digest_of(R"({"a":1,"_hashed_password":"x","createdAt":"2020","updatedAt":"2021"})", view) ==
              digest_of(R"({"a":1})", view)));
  BOOST_TEST((digest_of(R"({"a":1,"_hashed_password":"x"})") != digest_of(R"({"a":1})")));
}

BOOST_AUTO_TEST_CASE(a_tally_does_not_mind_the_order_of_rows_but_every_row) {
  const Digest a = digest_of(R"({"n":1})");
  const Digest b = digest_of(R"({"n":2})");
  Tally one;
  one.add("a", a);
  one.add("b", b);
  Tally other;
  other.add("b", b);
  other.add("a", a);
  BOOST_TEST(one.text() == other.text());
  BOOST_TEST(one.rows() == 2U);
  other.add("a", a);
  BOOST_TEST(one.text() != other.text());
  BOOST_TEST((one.sum_of(Tally::part_of("a")) != other.sum_of(Tally::part_of("a"))));
}

BOOST_AUTO_TEST_SUITE_END()
