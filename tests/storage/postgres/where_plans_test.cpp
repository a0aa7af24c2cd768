#include <boost/test/unit_test.hpp>

#include "object/json.h"
#include "query/where_parser.h"
#include "schema/default_classes.h"
#include "storage/postgres/postgres_adapter.h"
#include "storage/postgres/postgres_where.h"
#include "tests/storage/postgres/database.h"

namespace parse::storage::postgres {
namespace {

using schema::FieldKind;

schema::Field field(std::string name, FieldKind kind, std::string target = {}) {
  schema::Field made;
  made.name = std::move(name);
  made.type = {kind, std::move(target)};
  return made;
}

schema::ClassSchema score() {
  schema::ClassSchema made;
  made.name = "Score";
  made.fields = {field("objectId", FieldKind::kString), field("createdAt", FieldKind::kDate),
                 field("updatedAt", FieldKind::kDate),  field("ACL", FieldKind::kAcl),
                 field("name", FieldKind::kString),     field("note", FieldKind::kString),
                 field("n", FieldKind::kNumber),        field("owner", FieldKind::kPointer, "_User"),
                 field("at", FieldKind::kGeoPoint),     field("tags", FieldKind::kArray),
                 field("map", FieldKind::kObject)};
  for (const char* name : {"name", "n", "owner", "at", "tags", "map"})
    made.indexes.push_back({std::string("by_") + name, {{name, 1}}, false, std::nullopt});
  made.indexes.push_back({"by_words", {{"note", "text"}}, false, std::nullopt});
  return made;
}

schema::ClassSchema user() {
  schema::ClassSchema made;
  made.name = "_User";
  made.fields = {field("objectId", FieldKind::kString), field("createdAt", FieldKind::kDate),
                 field("updatedAt", FieldKind::kDate),  field("ACL", FieldKind::kAcl),
                 field("username", FieldKind::kString), field("authData", FieldKind::kObject)};
  made.indexes.push_back(schema::auth_data_index("facebook"));
  schema::Index names{"case_insensitive_username", {{"username", 1}}, false, std::nullopt};
  names.case_insensitive = true;
  made.indexes.push_back(names);
  return made;
}

/// The indexes that PostgreSQL would read when it avoids going through the whole table.
struct Plans : Database {
  Plans() {
    PostgresSettings settings;
    settings.uri = database.uri();
    const auto adapter = open_postgres(settings);
    for (const schema::ClassSchema& made : {score(), user()}) {
      adapter->create_class(made);
      schema.set(made);
    }
    connection.execute("SET enable_seqscan = off");
  }
  std::string plan(const std::string& class_name, const query::Where& where) {
    sql::SqlText sql(sql::Values::kNumbered);
    sql.raw("EXPLAIN SELECT 1 FROM ").identifier(class_name).raw(" AS t0 WHERE ");
    PostgresWhere(schema, sql).append(*schema.find(class_name), "t0", where);
    const Result result = connection.query(sql);
    std::string text;
    for (int row = 0; row < result.row_count(); ++row) text += std::string(result.bytes(row, 0)) + '\n';
    return text;
  }
  query::Where where(const std::string& class_name, const std::string& json) {
    return query::parse_where(object::parse_json(json),
                              {.schema = schema, .class_name = class_name, .is_master = true});
  }
  void check(const std::string& json, std::string_view index, std::string_view class_name = "Score") {
    const std::string made = plan(std::string(class_name), where(std::string(class_name), json));
    const bool is_served = made.find(index) != std::string::npos && made.find("Index Cond") != std::string::npos;
    BOOST_CHECK_MESSAGE(is_served, json << " does not use " << index << ":\n" << made);
  }

  schema::Schema schema;
};

constexpr const char* kOwner = R"({"__type":"Pointer","className":"_User","objectId":"u1"})";
constexpr const char* kCenter = R"({"__type":"GeoPoint","latitude":10,"longitude":20})";

}  // namespace

BOOST_AUTO_TEST_SUITE(where_plans, *boost::unit_test::precondition(test::needs_postgres))

BOOST_FIXTURE_TEST_CASE(scalars_are_looked_up_in_their_indexes, Plans) {
  check(R"({"objectId":"a"})", "Score_pkey");
  check(R"({"objectId":{"$in":["a","b"]}})", "Score_pkey");
  check(R"({"name":"a"})", "by_name");
  check(R"({"name":{"$in":["a","b"]}})", "by_name");
  check(R"({"n":{"$eq":1}})", "by_n");
  check(R"({"n":{"$gt":1,"$lte":5.5}})", "by_n");
  check(R"({"n":{"$in":[1,2.5]}})", "by_n");
  check(R"({"owner":)" + std::string(kOwner) + "}", "by_owner");
  check(R"({"owner":{"$in":[)" + std::string(kOwner) + "]}}", "by_owner");
  check(R"({"name":"a","n":{"$ne":1}})", "by_name");
}

// In databases whose collation is "C" every index on a text answers prefixes.
BOOST_FIXTURE_TEST_CASE(a_prefix_is_a_range_of_an_index_by_code_points, Plans) {
  connection.execute("CREATE INDEX by_prefix ON \"Score\" (name text_pattern_ops)");
  check(R"({"name":{"$regex":"^\\Qa.b\\E"}})", "by_prefix");
  check(R"({"name":{"$regex":"^abc"}})", "by_prefix");
}

BOOST_FIXTURE_TEST_CASE(an_access_list_leaves_the_index_of_the_rest, Plans) {
  query::Where asked = where("Score", R"({"name":"a"})");
  asked.conditions.emplace_back(query::AclAllows{query::AclRight::kRead, {"*", "u1"}});
  const std::string made = plan("Score", asked);
  BOOST_CHECK_MESSAGE(made.find("by_name") != std::string::npos, made);
}

BOOST_FIXTURE_TEST_CASE(lists_and_objects_are_searched_in_inverted_indexes, Plans) {
  check(R"({"tags":"a"})", "by_tags");
  check(R"({"tags":{"$in":["a",1]}})", "by_tags");
  check(R"({"tags":{"$all":["a","b"]}})", "by_tags");
  check(R"({"tags":)" + std::string(kOwner) + "}", "by_tags");
  check(R"({"tags":{"$in":[)" + std::string(kOwner) + "]}}", "by_tags");
  check(R"({"map.k":"a"})", "by_map");
  check(R"({"map.k.l":{"$eq":5}})", "by_map");
}

BOOST_FIXTURE_TEST_CASE(words_and_places_have_indexes_of_their_own, Plans) {
  check(R"({"note":{"$text":{"$search":{"$term":"dog cat"}}}})", "by_words");
  check(R"({"at":{"$nearSphere":)" + std::string(kCenter) + R"(,"$maxDistance":0.1}})", "by_at");
  check(R"({"at":{"$geoWithin":{"$centerSphere":[[20,10],0.1]}}})", "by_at");
  check(R"({"at":{"$within":{"$box":[)" + std::string(kCenter) + "," + kCenter + "]}}}", "by_at");
  check(R"({"at":{"$geoWithin":{"$polygon":[[1,2],[3,4],[5,1]]}}})", "by_at");
  check(R"({"at":)" + std::string(kCenter) + "}", "by_at");
}

BOOST_FIXTURE_TEST_CASE(users_are_found_by_their_accounts_elsewhere_and_by_their_names, Plans) {
  check(R"({"authData.facebook.id":"1"})", "authData", "_User");
  query::Where by_name;
  by_name.conditions.emplace_back(query::FieldCondition{"username", query::EqualIgnoringCase{"Ann"}});
  const std::string made = plan("_User", by_name);
  BOOST_CHECK_MESSAGE(made.find("case_insensitive_username") != std::string::npos, made);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace parse::storage::postgres
