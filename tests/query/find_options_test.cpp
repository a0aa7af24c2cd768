#include "query/find_options.h"

#include "support.h"

using parse::ErrorCode;
using namespace parse::query;  // NOLINT
using parse::object::Object;
using Names = std::vector<std::string>;
using Pairs = std::vector<std::pair<std::string, std::string>>;

namespace {

FindParams find_params(const Pairs& query, const LimitSettings& limits = {}) {
  return parse_find_params(decode_query_params(query), limits);
}

void check_refused(const Pairs& query, ErrorCode code, std::string_view message) {
  test::check_error([&] { find_params(query); }, code, message);
}

const parse::schema::ClassSchema* game() { return test::kSchema.find("Game"); }

void check_names(const Names& names, const Names& expected) {
  BOOST_TEST(names == expected, boost::test_tools::per_element());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(find_options)

BOOST_AUTO_TEST_CASE(query_values_are_json_when_they_parse_and_text_otherwise) {
  const Object params = decode_query_params({{"a", "1"}, {"b", "x"}, {"c", "\"q\""}, {"d", "{\"k\":[]}"}, {"e", ""}});
  BOOST_TEST(params.at("a").is<std::int64_t>());
  BOOST_TEST(params.at("b").as<std::string>() == "x");
  BOOST_TEST(params.at("c").as<std::string>() == "q");
  BOOST_TEST(params.at("d").is<Object>());
  BOOST_TEST(params.at("e").as<std::string>().empty());
}

BOOST_AUTO_TEST_CASE(query_string_wins_over_the_body) {
  const Object params = merge_params(Object{{"limit", 5}, {"skip", 2}}, {{"limit", "7"}});
  BOOST_TEST((params.at("limit") == parse::object::Value(7)));
  BOOST_TEST((params.at("skip") == parse::object::Value(2)));
}

BOOST_AUTO_TEST_CASE(nothing_asked_gives_the_defaults) {
  const FindParams params = find_params({});
  BOOST_TEST(params.limit.value() == 100);
  BOOST_TEST(params.skip == 0);
  BOOST_TEST(!params.count);
  BOOST_TEST(params.where.is_null());
  BOOST_TEST(!params.keys.has_value());
}

BOOST_AUTO_TEST_CASE(limit_is_read_as_javascript_reads_numbers) {
  BOOST_TEST(find_params({{"limit", "0"}}).limit.value() == 0);
  BOOST_TEST(find_params({{"limit", "\" 12 \""}}).limit.value() == 12);
  BOOST_TEST(find_params({{"limit", "true"}}).limit.value() == 1);
  BOOST_TEST(find_params({{"limit", "[3]"}}).limit.value() == 3);
  BOOST_TEST(find_params({{"limit", "1.5"}}).limit.value() == 2);
  for (const char* none : {"null", "false", "", "\"\""})
    BOOST_TEST(find_params({{"limit", none}}).limit.value() == 100);
}

BOOST_AUTO_TEST_CASE(bad_limits_are_refused) {
  check_refused({{"limit", "abc"}}, ErrorCode::kInvalidQuery, "Invalid value for limit: abc");
  check_refused({{"limit", "-1"}}, ErrorCode::kInvalidQuery, "Invalid value for limit: -1");
  check_refused({{"limit", "{}"}}, ErrorCode::kInvalidQuery, "Invalid value for limit: [object Object]");
  check_refused({{"skip", "-1"}}, ErrorCode::kInvalidQuery, "Invalid value for skip: -1");
  check_refused({{"skip", "99999999999999999999"}}, ErrorCode::kInvalidQuery,
                "Invalid value for skip: 100000000000000000000");
}

BOOST_AUTO_TEST_CASE(limit_is_lowered_to_the_maximum) {
  BOOST_TEST(find_params({{"limit", "5000"}}, {100, 1000}).limit.value() == 1000);
  BOOST_TEST(find_params({{"limit", "50"}}, {100, 1000}).limit.value() == 50);
}

BOOST_AUTO_TEST_CASE(unknown_parameters_are_refused) {
  check_refused({{"foo", "1"}}, ErrorCode::kInvalidQuery, "Invalid parameter for query: foo");
  test::check_error(
      [] {
        parse_get_params(Object{{"limit", 1}});
      },
      ErrorCode::kInvalidQuery, "Improper encode of parameter");
}

BOOST_AUTO_TEST_CASE(where_must_be_json) {
  for (const char* where : {"x", "", "\"a\"", "{", "5", "null", "true"})
    check_refused({{"where", where}}, ErrorCode::kInvalidJson, "where parameter is not valid JSON");
  BOOST_TEST(find_params({{"where", "{\"a\":1}"}}).where.is<Object>());
  const Object tunnelled{{"where", "{\"a\":1}"}};
  BOOST_TEST(parse_find_params(tunnelled, {}).where.is<Object>());
}

BOOST_AUTO_TEST_CASE(count_is_any_truth) {
  BOOST_TEST(find_params({{"count", "1"}}).count);
  BOOST_TEST(find_params({{"count", "yes"}}).count);
  BOOST_TEST(!find_params({{"count", "0"}}).count);
  BOOST_TEST(!find_params({{"count", "false"}}).count);
}

BOOST_AUTO_TEST_CASE(read_preferences_are_checked_and_explain_levels_too) {
  for (const char* name : {"readPreference", "includeReadPreference", "subqueryReadPreference"}) {
    check_refused({{name, "WORST"}}, ErrorCode::kInvalidQuery, "Not supported read preference.");
    BOOST_CHECK_NO_THROW(find_params({{name, "nearest"}}));
    BOOST_CHECK_NO_THROW(find_params({{name, "5"}}));
  }
  BOOST_TEST(find_params({{"explain", "true"}}).explain.value() == "queryPlanner");
  BOOST_TEST(find_params({{"explain", "executionStats"}}).explain.value() == "executionStats");
  BOOST_TEST(!find_params({{"explain", "false"}}).explain.has_value());
  check_refused({{"explain", "all"}}, ErrorCode::kInvalidQuery, "Invalid value for explain");
}

BOOST_AUTO_TEST_CASE(subqueries_are_read_where_the_find_is_from_the_fresher_of_both) {
  const Where plain;
  Where nested;
  nested.conditions.push_back(Or{{Where{{FieldCondition{"team", InQuery{Subquery{"Team", {}, {}, {}}, false}}}}}});
  const FindParams stale = find_params({{"readPreference", "SECONDARY"}, {"subqueryReadPreference", "PRIMARY"}});
  BOOST_CHECK(read_preference(stale, plain) == ReadPreference::kSecondary);
  BOOST_CHECK(read_preference(stale, nested) == ReadPreference::kPrimary);
  BOOST_CHECK(read_preference(find_params({{"subqueryReadPreference", "SECONDARY"}}), nested) ==
              ReadPreference::kPrimary);
  BOOST_CHECK(read_preference(find_params({{"readPreference", "NEAREST"}}), nested) == ReadPreference::kNearest);
}

BOOST_AUTO_TEST_CASE(included_objects_are_read_where_the_others_are_unless_said_otherwise) {
  const FindParams same = find_params({{"readPreference", "secondary_preferred"}, {"include", "a.b"}});
  BOOST_CHECK(params_below(same, "a").read_from == ReadPreference::kSecondaryPreferred);
  const FindParams other =
      find_params({{"readPreference", "SECONDARY"}, {"includeReadPreference", "PRIMARY_PREFERRED"}});
  BOOST_CHECK(params_below(other, "a").read_from == ReadPreference::kPrimaryPreferred);
  BOOST_CHECK(!params_below(find_params({}), "a").read_from.has_value());
}

BOOST_AUTO_TEST_CASE(hint_may_be_a_name_or_a_specification) {
  BOOST_TEST(find_params({{"hint", "by_name"}}).hint.value() == "by_name");
  BOOST_TEST(find_params({{"hint", R"({"a":1,"b":-1})"}}).hint.value() == "a_1_b_-1");
  BOOST_TEST(!find_params({{"hint", "5"}}).hint.has_value());
}

BOOST_AUTO_TEST_CASE(include_implies_parents_and_puts_them_first) {
  check_names(find_params({{"include", "a.b.c, d ,a.x"}}).include, {"a", "d", "a.b", "a.x", "a.b.c"});
}

BOOST_AUTO_TEST_CASE(dotted_keys_include_their_parents) {
  check_names(find_params({{"keys", "owner.city,name"}}).include, {"owner"});
  check_names(find_params({{"excludeKeys", "owner.city.x"}}).include, {"owner", "owner.city"});
}

BOOST_AUTO_TEST_CASE(star_includes_all) {
  const FindParams params = find_params({{"include", "a,*"}});
  BOOST_TEST(params.include_all);
  BOOST_TEST(params.include.empty());
}

BOOST_AUTO_TEST_CASE(names_may_come_as_a_list) {
  check_names(*find_params({{"keys", R"(["a","b"])"}}).keys, {"a", "b"});
}

BOOST_AUTO_TEST_CASE(order_is_read_in_turn) {
  const auto order = parse_order("name, -score ,_created_at", "Game", game());
  BOOST_REQUIRE_EQUAL(order.size(), 3U);
  BOOST_TEST(order[1].path == "score");
  BOOST_TEST(order[1].descending);
  BOOST_TEST(order[2].path == "createdAt");
  BOOST_TEST(parse_order("", "Game", game()).empty());
}

BOOST_AUTO_TEST_CASE(order_by_what_the_class_has_not_is_dropped) {
  BOOST_TEST(parse_order("nowhere,ACL", "Game", game()).empty());
  BOOST_TEST(parse_order("name", "Nowhere", nullptr).empty());
  BOOST_TEST(parse_order("data.x", "Game", game()).size() == 1U);
}

BOOST_AUTO_TEST_CASE(field_ordered_twice_keeps_place_and_takes_the_last_direction) {
  const auto order = parse_order("name,score,-name", "Game", game());
  BOOST_REQUIRE_EQUAL(order.size(), 2U);
  BOOST_TEST(order[0].descending);
}

BOOST_AUTO_TEST_CASE(text_score_sorts_best_first) {
  const auto order = parse_order("$score", "Game", game());
  BOOST_TEST(order.front().is_text_score);
}

BOOST_AUTO_TEST_CASE(hostile_order_is_refused) {
  for (const char* name : {"5", "a b", "key';--", "", "length", "_rperm", "data.x'", "+name"}) {
    const std::string order = std::string(name) + ",name";
    test::check_error([&] { parse_order(order, "Game", game()); }, ErrorCode::kInvalidKeyName,
                      "Invalid field name: " + std::string(name) + ".");
  }
  test::check_error([] { parse_order("authData.x.id", "_User", nullptr); }, ErrorCode::kInvalidKeyName,
                    "Cannot sort by authData.x.id");
}

BOOST_AUTO_TEST_CASE(keys_become_top_level_fields) {
  const auto projection = make_projection(find_params({{"keys", "data.x,data.y,name,$score"}}), game());
  check_names(*projection.keys, {"data", "name"});
  BOOST_TEST(projection.with_text_score);
}

BOOST_AUTO_TEST_CASE(exclude_keys_are_taken_from_all_fields_or_from_keys) {
  const auto rest = make_projection(find_params({{"excludeKeys", "name,score"}}), game());
  BOOST_TEST(std::count(rest.keys->begin(), rest.keys->end(), "name") == 0);
  BOOST_TEST(std::count(rest.keys->begin(), rest.keys->end(), "live") == 1);
  check_names(*make_projection(find_params({{"keys", "name,live"}, {"excludeKeys", "name"}}), game()).keys, {"live"});
  BOOST_TEST(!make_projection(find_params({{"excludeKeys", ""}}), game()).keys.has_value());
}

BOOST_AUTO_TEST_CASE(include_all_takes_pointers_and_lists) {
  const auto projection = make_projection(find_params({{"includeAll", "true"}, {"keys", "name"}}), game());
  check_names(projection.include, {"tags", "owner"});
  check_names(*projection.keys, {"name", "tags", "owner"});
}

BOOST_AUTO_TEST_CASE(keys_below_a_path_hold_for_what_is_expanded_there) {
  const FindParams params =
      find_params({{"keys", "owner.city,owner.boss.name,name"}, {"excludeKeys", "owner.a,owner.b.c"}});
  const FindParams below = params_below(params, "owner");
  check_names(*below.keys, {"city", "boss"});
  check_names(below.exclude_keys, {"a"});
  BOOST_TEST(!params_below(params, "tags").keys.has_value());
}

BOOST_AUTO_TEST_SUITE_END()
