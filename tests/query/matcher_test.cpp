#include "query/matcher.h"

#include "support.h"

using parse::ErrorCode;
using namespace parse::query;  // NOLINT
using parse::object::Object;

namespace {

const Object kGame = parse::object::parse_json(R"({
  "objectId":"g1","name":"chess","score":10,"live":true,"started":{"__type":"Date","iso":"2020-01-01T00:00:00.000Z"},
  "data":{"level":{"n":3},"list":[{"k":1},{"k":2}]},"tags":["a","b",3],"nothing":null,
  "place":{"__type":"GeoPoint","latitude":10,"longitude":20},
  "area":{"__type":"Polygon","coordinates":[[0,0],[0,10],[10,10],[10,0],[0,0]]},
  "cover":{"__type":"File","name":"c.png","url":"http://x/c.png"},
  "owner":{"__type":"Pointer","className":"Team","objectId":"t1"},
  "friends":[{"__type":"Pointer","className":"Team","objectId":"t2"}],
  "ACL":{"u1":{"read":true,"write":true},"role:Admin":{"read":true}}
})")
                         .as<Object>();

bool match(std::string_view where) {
  RegexCache regexes;
  return matches(test::where_of(where, true), kGame, regexes);
}

void check_all(std::initializer_list<const char*> wheres, bool expected) {
  for (const char* where : wheres) BOOST_TEST(match(where) == expected, where);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(matcher)

BOOST_AUTO_TEST_CASE(equality_compares_type_and_content) {
  check_all({"{}", R"({"name":"chess"})", R"({"score":10.0})", R"({"live":true,"name":"chess"})",
             R"({"owner":{"__type":"Pointer","className":"Team","objectId":"t1"}})",
             R"({"cover":{"__type":"File","name":"c.png"}})", R"({"data.level":{"n":3}})"},
            true);
  check_all({R"({"name":"Chess"})", R"({"name":1})", R"({"score":"10"})", R"({"live":true,"name":"go"})",
             R"({"owner":{"__type":"Pointer","className":"Team","objectId":"t9"}})"},
            false);
}

BOOST_AUTO_TEST_CASE(null_equals_null_and_missing_only) {
  check_all(
      {R"({"nothing":null})", R"({"nowhere":null})", R"({"nothing":{"$exists":false}})", R"({"name":{"$ne":null}})"},
      true);
  check_all({R"({"name":null})", R"({"tags":null})", R"({"nothing":{"$ne":null}})", R"({"name":{"$exists":false}})"},
            false);
}

BOOST_AUTO_TEST_CASE(list_field_contains_the_value) {
  check_all({R"({"tags":"a"})", R"({"tags":3})", R"({"tags":{"$in":["z","b"]}})", R"({"tags":{"$ne":"z"}})",
             R"({"tags":["a","b",3]})", R"({"friends":{"__type":"Pointer","className":"Team","objectId":"t2"}})"},
            true);
  check_all({R"({"tags":"z"})", R"({"tags":{"$ne":"a"}})", R"({"tags":{"$nin":["a"]}})"}, false);
}

BOOST_AUTO_TEST_CASE(comparisons_need_the_same_type) {
  check_all({R"({"score":{"$gt":9.5,"$lte":10}})", R"({"name":{"$gte":"ch","$lt":"d"}})",
             R"({"started":{"$lt":{"$relativeTime":"in 1 day"}}})", R"({"tags":{"$gt":2}})"},
            true);
  check_all({R"({"score":{"$gt":"9"}})", R"({"score":{"$gt":10}})", R"({"score":{"$lt":null}})",
             R"({"nowhere":{"$lt":5}})", R"({"started":{"$gt":{"$relativeTime":"now"}}})"},
            false);
}

BOOST_AUTO_TEST_CASE(in_and_not_in) {
  check_all({R"({"name":{"$in":["go","chess"]}})", R"({"nowhere":{"$in":[null]}})", R"({"name":{"$nin":["go"]}})",
             R"({"nowhere":{"$nin":["go"]}})"},
            true);
  check_all({R"({"name":{"$in":[]}})", R"({"name":{"$in":["go"]}})", R"({"nowhere":{"$nin":[null]}})"}, false);
}

BOOST_AUTO_TEST_CASE(list_operators) {
  check_all({R"({"tags":{"$all":["a",3]}})", R"({"tags":{"$containedBy":["a","b",3,4]}})",
             R"({"tags":{"$all":[{"$regex":"^a"}]}})"},
            true);
  check_all({R"({"tags":{"$all":[]}})", R"({"tags":{"$all":["a","z"]}})", R"({"tags":{"$containedBy":["a"]}})",
             R"({"name":{"$all":["chess"]}})", R"({"nowhere":{"$containedBy":[]}})",
             R"({"tags":{"$all":[{"$regex":"^z"}]}})"},
            false);
}

BOOST_AUTO_TEST_CASE(dotted_paths_go_into_objects_and_lists) {
  check_all({R"({"data.level.n":3})", R"({"data.list.0.k":1})", R"({"data.list.k":2})", R"({"tags.1":"b"})",
             R"({"data.nowhere.x":null})"},
            true);
  check_all({R"({"data.list.5.k":1})", R"({"data.list.1.k":1})", R"({"name.x":1})"}, false);
}

BOOST_AUTO_TEST_CASE(regular_expressions_match_text_only) {
  check_all(
      {R"({"name":{"$regex":"^ch"}})", R"({"name":{"$regex":"SS","$options":"i"}})", R"({"tags":{"$regex":"^b$"}})"},
      true);
  check_all({R"({"name":{"$regex":"^x"}})", R"({"score":{"$regex":"1"}})", R"({"nowhere":{"$regex":""}})"}, false);
}

BOOST_AUTO_TEST_CASE(places) {
  check_all(
      {R"({"place":{"$nearSphere":{"__type":"GeoPoint","latitude":10,"longitude":21},"$maxDistanceInKilometers":120}})",
       R"({"place":{"$within":{"$box":[{"__type":"GeoPoint","latitude":0,"longitude":0},{"__type":"GeoPoint","latitude":20,"longitude":30}]}}})",
       R"({"place":{"$geoWithin":{"$polygon":[[0,0],[40,0],[40,40],[0,40]]}}})",
       R"({"place":{"$geoWithin":{"$centerSphere":[[20,10],0.001]}}})",
       R"({"area":{"$geoIntersects":{"$point":{"__type":"GeoPoint","latitude":5,"longitude":5}}}})"},
      true);
  check_all(
      {R"({"place":{"$nearSphere":{"__type":"GeoPoint","latitude":10,"longitude":21},"$maxDistanceInKilometers":10}})",
       R"({"place":{"$geoWithin":{"$polygon":[[0,0],[1,0],[1,1]]}}})",
       R"({"area":{"$geoIntersects":{"$point":{"__type":"GeoPoint","latitude":15,"longitude":5}}}})"},
      false);
}

BOOST_AUTO_TEST_CASE(branches) {
  check_all({R"({"$or":[{"name":"go"},{"score":10}]})", R"({"$and":[{"name":"chess"},{"score":10}]})",
             R"({"$nor":[{"name":"go"},{"score":1}]})", R"({"$and":[]})", R"({"$or":[{}]})"},
            true);
  check_all({R"({"$or":[]})", R"({"$or":[{"name":"go"}]})", R"({"$nor":[{"name":"chess"}]})",
             R"({"$or":[{"name":"chess"}],"score":1})"},
            false);
}

BOOST_AUTO_TEST_CASE(acl_conditions_look_at_the_principals) {
  RegexCache regexes;
  const auto allowed = [&](AclRight right, std::vector<std::string> principals, const Object& object) {
    Where where;
    where.conditions.emplace_back(AclAllows{right, std::move(principals)});
    return matches(where, object, regexes);
  };
  BOOST_TEST(allowed(AclRight::kRead, {"*", "role:Admin"}, kGame));
  BOOST_TEST(allowed(AclRight::kWrite, {"u1"}, kGame));
  BOOST_TEST(!allowed(AclRight::kWrite, {"*", "role:Admin"}, kGame));
  BOOST_TEST(allowed(AclRight::kWrite, {"*"}, Object()));
  Where never;
  never.conditions.emplace_back(Never{});
  BOOST_TEST(!matches(never, kGame, regexes));
}

BOOST_AUTO_TEST_CASE(what_only_a_database_knows_is_refused) {
  test::check_error([] { match(R"({"owner":{"$inQuery":{"className":"Team","where":{}}}})"); },
                    ErrorCode::kInvalidQuery, "$inQuery cannot be used here");
  test::check_error([] { match(R"({"name":{"$text":{"$search":{"$term":"a"}}}})"); }, ErrorCode::kInvalidQuery,
                    "$text cannot be used here");
}

BOOST_AUTO_TEST_SUITE_END()
