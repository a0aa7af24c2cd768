#include "query/where_parser.h"

#include "query/geo.h"
#include "support.h"

using namespace parse;         // NOLINT
using namespace parse::query;  // NOLINT
using object::Date;
using object::GeoPoint;
using object::Pointer;
using object::Value;
using test::only;
using test::where_of;

namespace {

struct Refused {
  const char* where;
  ErrorCode code;
  const char* message;
};

void check_refused(const Refused& row, bool is_master = true) {
  BOOST_TEST_CONTEXT(row.where) {
    test::check_error([&] { where_of(row.where, is_master); }, row.code, row.message);
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(where_parser)

BOOST_AUTO_TEST_CASE(no_constraints_mean_every_object) {
  for (const char* where : {"{}", "null", "[]", "1", "true"}) BOOST_TEST(where_of(where).conditions.empty(), where);
}

BOOST_AUTO_TEST_CASE(direct_value_is_equality) {
  const Where where = where_of(R"({"name":"chess","score":1.5,"live":null})");
  BOOST_REQUIRE_EQUAL(where.conditions.size(), 3U);
  const auto& score = std::get<FieldCondition>(where.conditions[1]);
  BOOST_TEST(score.path == "score");
  BOOST_TEST((std::get<Equal>(score.constraint).value == Value(1.5)));
  BOOST_TEST(std::get<Equal>(std::get<FieldCondition>(where.conditions[2]).constraint).value.is_null());
}

BOOST_AUTO_TEST_CASE(typed_values_keep_their_type) {
  const Value value =
      only<Equal>(where_of(R"({"owner":{"__type":"Pointer","className":"Team","objectId":"x"}})")).value;
  BOOST_TEST((value == Value(Pointer{"Team", "x"})));
}

BOOST_AUTO_TEST_CASE(object_without_operators_is_equality_with_the_object) {
  BOOST_TEST(only<Equal>(where_of(R"({"data":{"a":1}})")).value.is<object::Object>());
}

BOOST_AUTO_TEST_CASE(plain_members_beside_operators_become_equality) {
  const Where where = where_of(R"({"data":{"a":1,"$exists":true}})");
  BOOST_REQUIRE_EQUAL(where.conditions.size(), 2U);
  const auto& exists = std::get<FieldCondition>(where.conditions[0]);
  const auto& equal = std::get<FieldCondition>(where.conditions[1]);
  BOOST_TEST(std::get<Exists>(exists.constraint).exists);
  BOOST_TEST((std::get<Equal>(equal.constraint).value == Value(object::Object{{"a", 1}})));
}

BOOST_AUTO_TEST_CASE(text_asked_of_a_date_field_is_a_date) {
  const Compare compare = only<Compare>(where_of(R"({"createdAt":{"$gt":"2020-01-01T00:00:00.000Z"}})"));
  BOOST_TEST((compare.value == Value(Date{test::kNow})));
}

BOOST_AUTO_TEST_CASE(text_asked_of_a_pointer_field_is_a_pointer_of_its_class) {
  BOOST_TEST((only<In>(where_of(R"({"owner":{"$in":["a"]}})")).values.front() == Value(Pointer{"Team", "a"})));
  BOOST_TEST((only<NotEqual>(where_of(R"({"owner":{"$ne":"a"}})")).value == Value(Pointer{"Team", "a"})));
}

BOOST_AUTO_TEST_CASE(text_asked_of_a_relation_stays_text) {
  BOOST_TEST(only<Equal>(where_of(R"({"teams":"a"})")).value.is<std::string>());
}

BOOST_AUTO_TEST_CASE(polygon_asked_for_is_closed) {
  const Value value = only<Equal>(where_of(R"({"area":{"__type":"Polygon","coordinates":[[0,0],[0,1],[1,1]]}})")).value;
  BOOST_TEST(value.as<object::Polygon>().points.size() == 4U);
}

BOOST_AUTO_TEST_CASE(lists_are_flattened_one_level) {
  const In in = only<In>(where_of(R"({"score":{"$in":[1,[2,3,[4]],null]}})"));
  BOOST_REQUIRE_EQUAL(in.values.size(), 5U);
  BOOST_TEST((in.values[1] == Value(2)));
  BOOST_TEST(in.values[3].is<object::Array>());
  BOOST_TEST(in.values[4].is_null());
}

BOOST_AUTO_TEST_CASE(empty_lists_are_allowed) {
  BOOST_TEST(only<In>(where_of(R"({"name":{"$in":[]}})")).values.empty());
  BOOST_TEST(only<NotIn>(where_of(R"({"name":{"$nin":[]}})")).values.empty());
  BOOST_TEST(only<ContainsAll>(where_of(R"({"tags":{"$all":[]}})")).values.empty());
}

BOOST_AUTO_TEST_CASE(exists_takes_the_truth_of_its_value) {
  BOOST_TEST(only<Exists>(where_of(R"({"name":{"$exists":"x"}})")).exists);
  BOOST_TEST(!only<Exists>(where_of(R"({"name":{"$exists":0}})")).exists);
  BOOST_TEST(!only<Exists>(where_of(R"({"name":{"$exists":null}})")).exists);
}

BOOST_AUTO_TEST_CASE(all_of_quoted_patterns_are_prefixes) {
  const auto all = only<ContainsAllStartingWith>(
      where_of(R"({"tags":{"$all":[{"$regex":"^\\Qa.b\\E"},{"$regex":"^\\Qx\\E\\\\E\\Qy\\E"},{"$regex":"^p\\.q"}]}})"));
  BOOST_TEST(all.prefixes == (std::vector<std::string>{"a.b", "x\\Ey", "p.q"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(regex_takes_its_options) {
  const Regex regex = only<Regex>(where_of(R"({"name":{"$regex":"^a","$options":"im"}})"));
  BOOST_TEST(regex.pattern == "^a");
  BOOST_TEST(regex.options == "im");
}

BOOST_AUTO_TEST_CASE(text_search_keeps_only_what_was_said) {
  const TextSearch text = only<TextSearch>(
      where_of(R"({"name":{"$text":{"$search":{"$term":"cup","$language":"de","$caseSensitive":false}}}})"));
  BOOST_TEST(text.term == "cup");
  BOOST_TEST(text.language.value() == "de");
  BOOST_TEST(!text.case_sensitive.value());
  BOOST_TEST(!text.diacritic_sensitive.has_value());
}

BOOST_AUTO_TEST_CASE(distances_become_radians) {
  const std::string point = R"({"__type":"GeoPoint","latitude":1,"longitude":2})";
  const auto near = [&](const std::string& rest) {
    return only<Near>(where_of(R"({"place":{"$nearSphere":)" + point + rest + "}}"));
  };
  BOOST_TEST(!near("").max_radians.has_value());
  BOOST_TEST(near(R"(,"$maxDistance":0.5)").max_radians.value() == 0.5);
  BOOST_TEST(near(R"(,"$maxDistanceInRadians":0.5)").max_radians.value() == 0.5);
  BOOST_TEST(near(R"(,"$maxDistanceInMiles":3959)").max_radians.value() == 1);
  BOOST_TEST(near(R"(,"$maxDistanceInKilometers":6371)").max_radians.value() == 1);
}

BOOST_AUTO_TEST_CASE(areas_take_points_and_pairs) {
  const auto box = only<WithinBox>(where_of(
      R"({"place":{"$within":{"$box":[{"__type":"GeoPoint","latitude":1,"longitude":2},{"__type":"GeoPoint","latitude":3,"longitude":4}]}}})"));
  BOOST_TEST((box.northeast == GeoPoint{3, 4}));
  const auto pairs = only<WithinPolygon>(where_of(R"({"place":{"$geoWithin":{"$polygon":[[0,1],[2,3],[4,5]]}}})"));
  BOOST_TEST((pairs.points[1] == GeoPoint{3, 2}));
  const auto polygon = only<WithinPolygon>(
      where_of(R"({"place":{"$geoWithin":{"$polygon":{"__type":"Polygon","coordinates":[[0,1],[2,3],[4,5]]}}}})"));
  BOOST_TEST((polygon.points[1] == GeoPoint{3, 2}));
  const auto sphere = only<WithinSphere>(where_of(R"({"place":{"$geoWithin":{"$centerSphere":[[10,20],0.5]}}})"));
  BOOST_TEST((sphere.center == GeoPoint{20, 10}));
  const auto meets = only<GeoIntersects>(
      where_of(R"({"area":{"$geoIntersects":{"$point":{"__type":"GeoPoint","latitude":1,"longitude":2}}}})"));
  BOOST_TEST((meets.point == GeoPoint{1, 2}));
}

BOOST_AUTO_TEST_CASE(relative_time_is_resolved_against_now) {
  const Compare compare = only<Compare>(where_of(R"({"started":{"$lt":{"$relativeTime":"in 1 day"}}})"));
  BOOST_TEST((compare.value == Value(Date{test::kNow + 86'400'000})));
}

BOOST_AUTO_TEST_CASE(subquery_is_read_as_a_query_of_its_own_class) {
  const InQuery in = only<InQuery>(where_of(
      R"({"owner":{"$inQuery":{"className":"Team","where":{"founded":{"$gt":"2020-01-01T00:00:00Z"}},"limit":1}}})"));
  BOOST_TEST(!in.negated);
  BOOST_TEST(in.query.class_name == "Team");
  BOOST_TEST(!in.query.limit.has_value());
  BOOST_TEST((only<Compare>(*in.query.where).value == Value(Date{test::kNow})));
  BOOST_TEST(only<InQuery>(where_of(R"({"owner":{"$notInQuery":{"className":"Team","where":{}}}})")).negated);
}

BOOST_AUTO_TEST_CASE(select_needs_no_where) {
  const Select select = only<Select>(where_of(R"({"name":{"$select":{"query":{"className":"Team"},"key":"city"}}})"));
  BOOST_TEST(select.key == "city");
  BOOST_TEST(select.query.where->conditions.empty());
}

BOOST_AUTO_TEST_CASE(subquery_limit_holds_for_clients_only) {
  WhereContext client = test::context();
  client.limits.subquery_limit = 7;
  const Value where = object::parse_json(R"({"owner":{"$inQuery":{"className":"Team","where":{}}}})");
  BOOST_TEST(only<InQuery>(parse_where(where, client)).query.limit.value() == 7);
  client.is_master = true;
  BOOST_TEST(!only<InQuery>(parse_where(where, client)).query.limit.has_value());
}

BOOST_AUTO_TEST_CASE(list_and_subquery_for_one_field_are_alternatives) {
  const Where where = where_of(R"({"owner":{"$in":["a"],"$inQuery":{"className":"Team","where":{}},"$exists":true}})");
  BOOST_REQUIRE_EQUAL(where.conditions.size(), 2U);
  BOOST_TEST(std::get<Or>(where.conditions[1]).parts.size() == 2U);
}

BOOST_AUTO_TEST_CASE(related_to_is_understood_at_the_top_and_in_branches) {
  const std::string related =
      R"({"$relatedTo":{"object":{"__type":"Pointer","className":"Team","objectId":"t"},"key":"games"}})";
  BOOST_TEST(std::get<RelatedTo>(where_of(related).conditions.front()).key == "games");
  BOOST_TEST(std::get<Or>(where_of(R"({"$or":[)" + related + "]}").conditions.front()).parts.size() == 1U);
  test::check_error([&] { where_of(R"({"$nor":[)" + related + "]}"); }, ErrorCode::kInvalidKeyName,
                    "Invalid key name: $relatedTo");
}

BOOST_AUTO_TEST_CASE(empty_or_and_empty_and_are_allowed) {
  BOOST_TEST(std::get<Or>(where_of(R"({"$or":[]})").conditions.front()).parts.empty());
  BOOST_TEST(std::get<And>(where_of(R"({"$and":[]})").conditions.front()).parts.empty());
}

BOOST_AUTO_TEST_CASE(internal_fields_are_for_the_master_key) {
  BOOST_TEST(where_of(R"({"_rperm":"x"})").conditions.size() == 1U);
  for (const char* key : {"_tombstone", "_perishable_token", "_session_token", "_password_history"}) {
    const std::string where = std::string("{\"") + key + "\":1}";
    BOOST_TEST(where_of(where, true).conditions.size() == 1U);
    test::check_error([&] { where_of(where); }, ErrorCode::kInvalidKeyName, std::string("Invalid key name: ") + key);
  }
  check_refused({R"({"_hashed_password":"x"})", ErrorCode::kInvalidKeyName, "Invalid key name: _hashed_password"});
}

BOOST_AUTO_TEST_CASE(bad_shapes_are_refused_with_the_documented_code_and_message) {
  using enum ErrorCode;
  const Refused rows[] = {
      {R"({"name":{"$foo":1}})", kInvalidJson, "bad constraint: $foo"},
      {R"({"name":{"$eq":1,"$foo":1}})", kInvalidJson, "bad constraint: $foo"},
      {R"({"$foo":1})", kInvalidKeyName, "Invalid key name: $foo"},
      {R"({"a b":1})", kInvalidKeyName, "Invalid key name: a b"},
      {R"({"1a":1})", kInvalidKeyName, "Invalid key name: 1a"},
      {R"({"":1})", kInvalidKeyName, "Invalid key name: "},
      {R"({"a.b' OR 1=1":1})", kInvalidKeyName, "Invalid key name: a.b' OR 1=1"},
      {R"([1])", kInvalidKeyName, "Invalid key name: 0"},
      {R"({"__type":"Pointer","className":"A","objectId":"b"})", kInvalidKeyName, "Invalid key name: __type"},
      {R"({"ACL":1})", kInvalidQuery, "Cannot query on ACL."},
      {R"({"$or":[{"ACL":1}]})", kInvalidQuery, "Cannot query on ACL."},
      {R"({"$or":{}})", kInvalidQuery, "Bad $or format - use an array value."},
      {R"({"$and":1})", kInvalidQuery, "Bad $and format - use an array value."},
      {R"({"$nor":[]})", kInvalidQuery, "Bad $nor format - use an array of at least 1 value."},
      {R"({"$nor":1})", kInvalidQuery, "Bad $nor format - use an array of at least 1 value."},
      {R"({"$or":[1]})", kInvalidQuery, "Bad $or format - use an array of objects."},
      {R"({"score":{"$in":1}})", kInvalidJson, "bad $in value"},
      {R"({"score":{"$in":null}})", kInvalidJson, "bad $in value"},
      {R"({"score":{"$nin":{}}})", kInvalidJson, "bad $nin value"},
      {R"({"name":{"$in":["a",1]}})", kInvalidQuery, "$in element type mismatch: expected string for field \"name\""},
      {R"({"name":{"$nin":[{}]}})", kInvalidQuery, "$nin element type mismatch: expected string for field \"name\""},
      {R"({"tags":{"$all":1}})", kInvalidJson, "bad $all value"},
      {R"({"tags":{"$all":[{"$regex":"^a"},"b"]}})", kInvalidJson,
       R"(All $all values must be of regex type or none: [object Object],b)"},
      {R"({"tags":{"$containedBy":1}})", kInvalidJson, "bad $containedBy: should be an array"},
      {R"({"score":{"$gt":{"a":1}}})", kInvalidJson, R"(bad atom: {"a":1})"},
      {R"({"name":{"$regex":1}})", kInvalidQuery, "$regex value must be a string"},
      {R"({"name":{"$regex":"a","$options":1}})", kInvalidQuery, "$options value must be a string"},
      {R"({"name":{"$regex":"a","$options":""}})", kInvalidQuery, "Bad $options value for query: "},
      {R"({"name":{"$regex":"a","$options":"q"}})", kInvalidQuery, "Bad $options value for query: q"},
      {R"({"name":{"$regex":"["}})", kInvalidQuery, "Bad $regex value for query: ["},
      {R"({"name":{"$options":"i"}})", kInvalidJson, "bad constraint: $options"},
      {R"({"$relatedTo":1})", kInvalidQuery, "improper usage of $relatedTo"},
  };
  for (const Refused& row : rows) check_refused(row);
}

BOOST_AUTO_TEST_CASE(clients_learn_less_about_a_branch_list_that_is_none) {
  check_refused({R"({"$or":1})", ErrorCode::kInvalidQuery, "Permission denied"}, false);
  WhereContext open = test::context();
  open.sanitize_errors = false;
  test::check_error([&] { parse_where(object::parse_json(R"({"$or":1})"), open); }, ErrorCode::kInvalidQuery,
                    "$or must be an array");
}

BOOST_AUTO_TEST_CASE(bad_text_searches_are_refused) {
  using enum ErrorCode;
  const Refused rows[] = {
      {R"({"name":{"$text":1}})", kInvalidJson, "bad $text: $search, should be object"},
      {R"({"name":{"$text":{"$search":1}}})", kInvalidJson, "bad $text: $search, should be object"},
      {R"({"name":{"$text":{"$search":{}}}})", kInvalidJson, "bad $text: $term, should be string"},
      {R"({"name":{"$text":{"$search":{"$term":1}}}})", kInvalidJson, "bad $text: $term, should be string"},
      {R"({"name":{"$text":{"$search":{"$term":"a","$language":1}}}})", kInvalidJson,
       "bad $text: $language, should be string"},
      {R"({"name":{"$text":{"$search":{"$term":"a","$caseSensitive":"x"}}}})", kInvalidJson,
       "bad $text: $caseSensitive, should be boolean"},
      {R"({"name":{"$text":{"$search":{"$term":"a","$diacriticSensitive":"x"}}}})", kInvalidJson,
       "bad $text: $diacriticSensitive, should be boolean"},
  };
  for (const Refused& row : rows) check_refused(row);
}

BOOST_AUTO_TEST_CASE(bad_places_are_refused) {
  using enum ErrorCode;
  const Refused rows[] = {
      {R"({"place":{"$nearSphere":1}})", kInvalidJson, "bad $nearSphere value; should be GeoPoint"},
      {R"({"place":{"$maxDistance":1}})", kInvalidJson, "bad constraint: $maxDistance"},
      {R"({"place":{"$nearSphere":{"__type":"GeoPoint","latitude":0,"longitude":0},"$maxDistance":"x"}})", kInvalidJson,
       "bad $maxDistance value"},
      {R"({"place":{"$within":{}}})", kInvalidJson, "malformatted $within arg"},
      {R"({"place":{"$within":{"$box":[1]}}})", kInvalidJson, "malformatted $within arg"},
      {R"({"place":{"$geoWithin":{}}})", kInvalidJson, "bad $geoWithin value"},
      {R"({"place":{"$geoWithin":{"$polygon":1}}})", kInvalidJson,
       "bad $geoWithin value; $polygon should be Polygon object or Array of Parse.GeoPoint's"},
      {R"({"place":{"$geoWithin":{"$polygon":[]}}})", kInvalidJson,
       "bad $geoWithin value; $polygon should contain at least 3 GeoPoints"},
      {R"({"place":{"$geoWithin":{"$polygon":[1,2,3]}}})", kInvalidJson, "bad $geoWithin value"},
      {R"({"place":{"$geoWithin":{"$polygon":{"__type":"Polygon","coordinates":[[0,0]]}}}})", kInvalidJson,
       "bad $geoWithin value; Polygon.coordinates should contain at least 3 lon/lat pairs"},
      {R"({"place":{"$geoWithin":{"$centerSphere":[1]}}})", kInvalidJson,
       "bad $geoWithin value; $centerSphere should be an array of Parse.GeoPoint and distance"},
      {R"({"place":{"$geoWithin":{"$centerSphere":[1,1]}}})", kInvalidJson,
       "bad $geoWithin value; $centerSphere geo point invalid"},
      {R"({"place":{"$geoWithin":{"$centerSphere":[[1,1],-1]}}})", kInvalidJson,
       "bad $geoWithin value; $centerSphere distance invalid"},
      {R"({"place":{"$geoWithin":{"$centerSphere":[[200,1],1]}}})", kInvalidJson,
       "GeoPoint longitude out of bounds: 200 > 180.0."},
      {R"({"area":{"$geoIntersects":{"$point":1}}})", kInvalidJson,
       "bad $geoIntersect value; $point should be GeoPoint"},
  };
  for (const Refused& row : rows) check_refused(row);
}

BOOST_AUTO_TEST_CASE(bad_relative_times_are_refused) {
  using enum ErrorCode;
  const Refused rows[] = {
      {R"({"name":{"$gt":{"$relativeTime":"now"}}})", kInvalidJson, "$relativeTime can only be used with Date field"},
      {R"({"started":{"$ne":{"$relativeTime":"now"}}})", kInvalidJson,
       "$relativeTime can only be used with the $lt, $lte, $gt, and $gte operators"},
      {R"({"started":{"$exists":{"$relativeTime":"now"}}})", kInvalidJson,
       "$relativeTime can only be used with the $lt, $lte, $gt, and $gte operators"},
      {R"({"started":{"$gt":{"$relativeTime":"x"}}})", kInvalidJson,
       "bad $relativeTime (x) value. Time should either start with 'in' or end with 'ago'"},
  };
  for (const Refused& row : rows) check_refused(row);
}

BOOST_AUTO_TEST_CASE(bad_subqueries_are_refused) {
  using enum ErrorCode;
  const Refused rows[] = {
      {R"({"owner":{"$inQuery":1}})", kInvalidQuery, "improper usage of $inQuery"},
      {R"({"owner":{"$inQuery":{"className":"Team"}}})", kInvalidQuery, "improper usage of $inQuery"},
      {R"({"owner":{"$inQuery":{"where":{}}}})", kInvalidQuery, "improper usage of $inQuery"},
      {R"({"owner":{"$notInQuery":{"where":{},"className":1}}})", kInvalidQuery, "improper usage of $notInQuery"},
      {R"({"name":{"$select":{"key":"a"}}})", kInvalidQuery, "improper usage of $select"},
      {R"({"name":{"$select":{"key":"a","query":{"className":"Team"},"x":1}}})", kInvalidQuery,
       "improper usage of $select"},
      {R"({"name":{"$dontSelect":{"key":1,"query":{"className":"Team"}}}})", kInvalidQuery,
       "improper usage of $dontSelect"},
  };
  for (const Refused& row : rows) check_refused(row);
}

BOOST_AUTO_TEST_CASE(query_depth_counts_logical_operators_for_clients) {
  WhereContext limited = test::context();
  limited.limits.query_depth = 1;
  const Value deep = object::parse_json(R"({"$or":[{"$and":[{"score":1}]}]})");
  test::check_error([&] { parse_where(deep, limited); }, ErrorCode::kInvalidQuery,
                    "Query condition nesting depth exceeds maximum allowed depth of 1");
  limited.is_master = true;
  BOOST_TEST(parse_where(deep, limited).conditions.size() == 1U);
}

BOOST_AUTO_TEST_CASE(subquery_depth_is_limited_for_clients) {
  WhereContext limited = test::context();
  limited.limits.subquery_depth = 0;
  const Value where = object::parse_json(R"({"owner":{"$inQuery":{"className":"Team","where":{}}}})");
  test::check_error([&] { parse_where(where, limited); }, ErrorCode::kInvalidQuery,
                    "Subquery nesting depth exceeds maximum allowed depth of 0");
}

BOOST_AUTO_TEST_CASE(regex_can_be_forbidden_to_clients) {
  WhereContext limited = test::context();
  limited.limits.allow_regex = false;
  const Value where = object::parse_json(R"({"name":{"$regex":"a"}})");
  test::check_error([&] { parse_where(where, limited); }, ErrorCode::kInvalidQuery, "$regex operator is not allowed");
}

BOOST_AUTO_TEST_CASE(ten_thousand_nested_branches_end_with_an_error_even_for_master) {
  Value where = object::Object{{"score", 1}};
  for (int i = 0; i < 10'000; ++i) {
    object::Array branches;
    branches.push_back(std::move(where));
    object::Object outer;
    outer.set("$or", std::move(branches));
    where = std::move(outer);
  }
  test::check_error([&] { parse_where(where, test::context(true)); }, ErrorCode::kInvalidQuery,
                    "Query condition nesting depth exceeds maximum allowed depth of 100");
}

BOOST_AUTO_TEST_SUITE_END()
