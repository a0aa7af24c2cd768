#include "schema/schema_diff.h"

#include "schema/schema_document.h"
#include "schema/schema_plan.h"
#include "tests/schema/expect_error.h"

using namespace parse;
using test::expect_error;
using test::json_object;

namespace {

object::Array classes(std::string_view json) {
  return schema::read_document(object::Value(json_object(json))).definitions;
}

std::vector<std::string> differences(std::string_view have, std::string_view want, bool keep_others = false) {
  std::vector<std::string> lines;
  for (const schema::Change& change : schema::diff(classes(have), classes(want), keep_others))
    lines.push_back(schema::to_text(change));
  return lines;
}

std::vector<schema::Step> steps(std::string_view have, std::string_view want) {
  std::set<std::string> names;
  for (const object::Value& item : classes(have))
    names.insert(item.as<object::Object>().at("className").as<std::string>());
  return schema::plan(schema::diff(classes(have), classes(want)), names);
}

void expect_lines(const std::vector<std::string>& found, const std::vector<std::string>& expected) {
  BOOST_CHECK_EQUAL_COLLECTIONS(found.begin(), found.end(), expected.begin(), expected.end());
}

constexpr const char* kGame =
    R"({"classes":{"Game":{"fields":{"a":"String","b":{"type":"Number","default":3}},"indexes":{"i":["a"]},
    "permissions":{"find":["*"],"update":["pointer:owner","role:x"]}}}})";

}  // namespace

BOOST_AUTO_TEST_SUITE(schema_diff)

BOOST_AUTO_TEST_CASE(equal_documents_do_not_differ_whatever_the_order) {
  expect_lines(differences(kGame, R"({"classes":{"Game":{"indexes":{"i":["a"]},
      "permissions":{"update":["role:x","pointer:owner"],"find":["*"],"count":[]},
      "fields":{"b":{"default":3.0,"type":"Number"},"a":{"type":"String","required":false}}}}})"),
               {});
}

BOOST_AUTO_TEST_CASE(a_class_without_permissions_leaves_them_as_they_are) {
  expect_lines(differences(kGame, R"({"classes":{"Game":{"fields":{"a":"String","b":{"type":"Number","default":3}},
      "indexes":{"i":["a"]}}}})"),
               {});
}

BOOST_AUTO_TEST_CASE(fields_indexes_and_permissions_are_compared_one_by_one) {
  expect_lines(differences(kGame, R"({"classes":{"Game":{"fields":{"b":"Number","c":"Pointer<_User>"},
      "indexes":{"j":{"keys":["-b"],"unique":true}},"permissions":{"find":["authenticated"]}}}})"),
               {"- field Game.a String", "~ field Game.b Number, default 3 -> Number", "+ field Game.c Pointer<_User>",
                "- index Game.i (a)", "+ index Game.j (b -1) unique",
                "~ permissions of Game: find * -> authenticated; update role:x, pointer:owner -> nobody"});
}

BOOST_AUTO_TEST_CASE(classes_that_are_not_wanted_go_unless_they_are_the_servers_or_kept) {
  constexpr const char* kHave = R"({"classes":{"Game":{},"_User":{}}})";
  expect_lines(differences(kHave, R"({"classes":{}})"), {"- class Game"});
  expect_lines(differences(kHave, R"({"classes":{}})", true), {});
}

BOOST_AUTO_TEST_CASE(an_index_on_a_field_that_is_made_anew_is_made_anew_too) {
  expect_lines(differences(R"({"classes":{"A":{"fields":{"a":"String"},"indexes":{"i":["a"]}}}})",
                           R"({"classes":{"A":{"fields":{"a":"Number"},"indexes":{"i":["a"]}}}})"),
               {"~ field A.a String -> Number", "~ index A.i (a) -> (a)"});
}

BOOST_AUTO_TEST_CASE(a_plan_makes_classes_before_the_pointers_to_them) {
  const auto plan = steps(R"({"classes":{}})", R"({"classes":{"A":{"fields":{"b":"Pointer<B>","x":"String"}},
      "B":{"fields":{"a":"Pointer<A>"}}}})");
  BOOST_REQUIRE(plan.size() == 3U);
  BOOST_TEST(plan[0].text == "+ class A\n+ field A.x String");
  BOOST_TEST(plan[1].text == "+ class B\n+ field B.a Pointer<A>");
  BOOST_TEST(plan[2].text == "+ field A.b Pointer<B>");
}

BOOST_AUTO_TEST_CASE(a_new_class_stays_closed_until_its_permissions_can_be_set) {
  const auto plan = steps(R"({"classes":{}})", R"({"classes":{"A":{"fields":{"o":"Pointer<_User>"},
      "permissions":{"find":["*"],"update":["pointer:o"]}},"B":{"permissions":{"find":["*"]}}}})");
  BOOST_REQUIRE(plan.size() == 3U);
  BOOST_CHECK(plan[0].body.at("classLevelPermissions") == object::Value(object::Object()));
  BOOST_TEST(plan[1].body.at("classLevelPermissions").as<object::Object>().contains("find"));
  BOOST_TEST(plan[2].class_name == "A");
}

BOOST_AUTO_TEST_CASE(a_plan_that_the_server_would_refuse_is_refused_beforehand) {
  const object::Array have = classes(R"({"classes":{"A":{}}})");
  expect_error(ErrorCode::kInvalidQuery, "+ index A.i (missing): Field missing does not exist, cannot add index.", [&] {
    schema::check_plan(steps(R"({"classes":{"A":{}}})", R"({"classes":{"A":{"indexes":{"i":["missing"]}}}})"), have);
  });
}

BOOST_AUTO_TEST_CASE(a_document_says_where_a_mistake_is) {
  expect_error(ErrorCode::kInvalidJson,
               "classes.A.indexes.i: 'uniq' is wrong; there are keys, unique = true or "
               "false, and where",
               [] { classes(R"({"classes":{"A":{"indexes":{"i":{"keys":["a"],"uniq":true}}}}})"); });
  expect_error(ErrorCode::kInvalidJson,
               "classes.A.permissions: 'role:' names nobody; there are *, authenticated, "
               "role:NAME, pointer:FIELD and user ids",
               [] { classes(R"({"classes":{"A":{"permissions":{"find":["role:"]}}}})"); });
}

BOOST_AUTO_TEST_CASE(a_document_comes_back_as_it_was) {
  const object::Object document = json_object(kGame);
  const object::Object written = schema::write_document({classes(kGame), false});
  BOOST_CHECK(schema::read_document(object::Value(written)).definitions == classes(kGame));
  BOOST_CHECK(written.at("classes").as<object::Object>().at("Game").as<object::Object>().at("fields") ==
              document.at("classes").as<object::Object>().at("Game").as<object::Object>().at("fields"));
}

BOOST_AUTO_TEST_SUITE_END()
