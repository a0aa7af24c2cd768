#include "schema/schema_rename.h"

#include "tests/schema/expect_error.h"

using namespace parse;
using test::json_object;

namespace {

constexpr const char* kClass = R"({"className":"A","fields":{"old":{"type":"String","required":true},
    "n":{"type":"Number"}},"indexes":{"_id_":{"_id":1},"i":{"n":1,"old":-1},"other":{"n":1},
    "part":{"n":1,"_options":{"where":{"$or":[{"old":"x"},{"old.y":1}]}}}},
    "classLevelPermissions":{"find":{"*":true},"update":{"pointerFields":["old"]},"writeUserFields":["old","n"],
    "protectedFields":{"*":["old"],"userField:old":[]}}})";

}  // namespace

BOOST_AUTO_TEST_SUITE(schema_rename)

BOOST_AUTO_TEST_CASE(the_new_field_is_added_without_options_and_hidden_like_the_old_one) {
  const object::Object body = schema::rename_preparation(json_object(kClass), "old", "fresh");
  BOOST_CHECK(body.at("fields") == object::Value(json_object(R"({"fresh":{"type":"String"}})")));
  BOOST_CHECK(body.at("classLevelPermissions").as<object::Object>().at("protectedFields") ==
              object::Value(json_object(R"({"*":["old","fresh"],"userField:old":[]})")));
}

BOOST_AUTO_TEST_CASE(a_preparation_that_is_done_is_empty) {
  const auto done = json_object(R"({"fields":{"old":{"type":"String"},"fresh":{"type":"String"}},
      "classLevelPermissions":{"protectedFields":{"*":["old","fresh"]}}})");
  BOOST_TEST(schema::rename_preparation(done, "old", "fresh").empty());
}

BOOST_AUTO_TEST_CASE(options_indexes_and_permissions_go_over_in_one_edit) {
  const object::Object body = schema::rename_completion(json_object(kClass), "old", "fresh");
  BOOST_CHECK(body == json_object(R"({
      "fields":{"old":{"__op":"Delete"},"fresh":{"type":"String","required":true}},
      "indexes":{"i":{"n":1,"fresh":-1},"part":{"n":1,"_options":{"where":{"$or":[{"fresh":"x"},{"fresh.y":1}]}}}},
      "classLevelPermissions":{"find":{"*":true},"update":{"pointerFields":["fresh"]},
      "writeUserFields":["fresh","n"],"protectedFields":{"*":["fresh"],"userField:fresh":[]}}})"));
}

BOOST_AUTO_TEST_CASE(an_index_that_names_the_field_in_its_where_alone_is_dropped_before) {
  BOOST_CHECK(schema::rename_index_drops(json_object(kClass), "old", "fresh") ==
              json_object(R"({"indexes":{"part":{"__op":"Delete"}}})"));
}

BOOST_AUTO_TEST_SUITE_END()
