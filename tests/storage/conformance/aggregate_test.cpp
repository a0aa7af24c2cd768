#include "query/pipeline_parser.h"
#include "tests/storage/conformance/fixture.h"

using namespace parse;
using namespace parse::storage::conformance;

BOOST_AUTO_TEST_SUITE(conformance_aggregate)

namespace {

template <typename Backend>
struct Scores : Store<Backend> {
  Scores() {
    this->make_class(class_of("S", {field("city", FieldKind::kString), field("n", FieldKind::kNumber),
                                    field("tags", FieldKind::kArray), field("map", FieldKind::kObject)}));
    this->create("S", "1", R"({"city":"Rome","n":1,"tags":["a","b"],"map":{"k":"x"}})");
    this->create("S", "2", R"({"city":"Rome","n":5,"tags":["b"]})");
    this->create("S", "3", R"({"city":"Bath","n":7,"map":{"k":"x"}})");
    this->create("S", "4");
  }
  std::string distinct(const std::string& path, const std::string& where_json = "{}") {
    return object::to_json(this->backend->distinct(this->schema, this->find_of("S", where_json), path));
  }
};

}  // namespace

BOOST_AUTO_TEST_CASE_TEMPLATE(distinct_gives_each_value_once, Backend, AllBackends) {
  Scores<Backend> scores;
  BOOST_CHECK_EQUAL(scores.distinct("city"), R"(["Rome","Bath"])");
  BOOST_CHECK_EQUAL(scores.distinct("city", R"({"n":{"$gt":5}})"), R"(["Bath"])");
  BOOST_CHECK_EQUAL(scores.distinct("tags"), R"(["a","b"])");
  BOOST_CHECK_EQUAL(scores.distinct("map.k"), R"(["x"])");
  BOOST_CHECK_EQUAL(scores.distinct("unknown"), "[]");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_pipeline_matches_groups_and_sorts, Backend, AllBackends) {
  Scores<Backend> scores;
  const query::Pipeline pipeline{{{"$match", Object{{"n", Object{{"$gt", 0}}}}},
                                  {"$group", Object{{"_id", "$city"}, {"sum", Object{{"$sum", "$n"}}}}},
                                  {"$sort", Object{{"sum", -1}}}}};
  BOOST_CHECK_EQUAL(object::to_json(scores.backend->aggregate(scores.schema, "S", pipeline)),
                    R"([{"objectId":"Bath","sum":7},{"objectId":"Rome","sum":6}])");
}

namespace {

/// Players who point to their teams, and teams that list badges.
template <typename Backend>
struct League : Store<Backend> {
  League() {
    this->make_class(class_of("Team", {field("name", FieldKind::kString), field("badges", FieldKind::kArray)}));
    this->make_class(class_of("Player", {field("team", FieldKind::kPointer, "Team"), field("n", FieldKind::kNumber),
                                         field("badge", FieldKind::kString)}));
    this->create("Team", "t1", R"({"name":"Red","badges":["x","y"]})");
    this->create("Team", "t2", R"({"name":"Blue"})");
    this->create("Player", "p1",
                 R"({"team":{"__type":"Pointer","className":"Team","objectId":"t1"},"n":1,"badge":"y"})");
    this->create("Player", "p2", R"({"team":{"__type":"Pointer","className":"Team","objectId":"t1"},"n":2})");
    this->create("Player", "p3", R"({"n":3,"badge":"z"})");
  }
  std::string run(const std::string& class_name, const std::string& stages) {
    query::Pipeline pipeline = query::parse_inner_stages(object::parse_json(stages));
    return object::to_json(this->backend->aggregate(this->schema, class_name, pipeline));
  }
};

}  // namespace

BOOST_AUTO_TEST_CASE_TEMPLATE(lookup_joins_pointers_with_ids_in_both_directions, Backend, AllBackends) {
  League<Backend> league;
  BOOST_CHECK_EQUAL(
      league.run("Player", R"([{"$lookup":{"from":"Team","localField":"team","foreignField":"objectId","as":"of"}},)"
                           R"({"$sort":{"n":1}},{"$project":{"of.name":1}}])"),
      R"([{"objectId":"p1","of":[{"name":"Red"}]},{"objectId":"p2","of":[{"name":"Red"}]},{"objectId":"p3","of":[]}])");
  BOOST_CHECK_EQUAL(
      league.run("Team", R"([{"$lookup":{"from":"Player","localField":"_id","foreignField":"_p_team","as":"players"}},)"
                         R"({"$sort":{"name":1}},{"$project":{"players.n":1}}])"),
      R"([{"objectId":"t2","players":[]},{"objectId":"t1","players":[{"n":1},{"n":2}]}])");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(lookup_matches_members_of_lists_and_missing_with_missing, Backend, AllBackends) {
  League<Backend> league;
  BOOST_CHECK_EQUAL(
      league.run("Player", R"([{"$lookup":{"from":"Team","localField":"badge","foreignField":"badges","as":"of"}},)"
                           R"({"$sort":{"n":1}},{"$project":{"of.name":1}}])"),
      R"([{"objectId":"p1","of":[{"name":"Red"}]},{"objectId":"p2","of":[{"name":"Blue"}]},{"objectId":"p3","of":[]}])");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(lookup_runs_a_pipeline_with_variables_over_the_other_class, Backend, AllBackends) {
  League<Backend> league;
  BOOST_CHECK_EQUAL(
      league.run("Team", R"([{"$sort":{"name":-1}},{"$lookup":{"from":"Player","let":{"team":"$name"},)"
                         R"("pipeline":[{"$match":{"n":{"$lt":3}}},{"$sort":{"n":-1}},{"$limit":1},)"
                         R"({"$project":{"objectId":0,"n":1,"of":"$$team"}}],"as":"best"}},{"$project":{"best":1}}])"),
      R"([{"objectId":"t1","best":[{"n":2,"of":"Red"}]},{"objectId":"t2","best":[{"n":2,"of":"Blue"}]}])");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(lookup_of_an_unknown_class_or_field_finds_nothing, Backend, AllBackends) {
  League<Backend> league;
  for (const char* from : {R"("from":"Nobody","foreignField":"name")", R"("from":"Team","foreignField":"nothing")"}) {
    BOOST_CHECK_EQUAL(league.run("Player", std::string(R"([{"$match":{"n":1}},{"$lookup":{"localField":"badge",)") +
                                               from + R"(,"as":"of"}},{"$project":{"of":1}}])"),
                      R"([{"objectId":"p1","of":[]}])");
  }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(facet_runs_pipelines_over_the_same_objects, Backend, AllBackends) {
  League<Backend> league;
  BOOST_CHECK_EQUAL(league.run("Player", R"([{"$match":{"n":{"$gt":1}}},{"$facet":{"count":[{"$count":"all"}],)"
                                         R"("best":[{"$sort":{"n":-1}},{"$limit":1},{"$project":{"n":1}}]}}])"),
                    R"([{"count":[{"all":2}],"best":[{"objectId":"p3","n":3}]}])");
}

BOOST_AUTO_TEST_SUITE_END()
