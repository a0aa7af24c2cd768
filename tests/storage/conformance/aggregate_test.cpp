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
    return object::to_json(this->backend->distinct(this->schema, "S", path, this->where("S", where_json)));
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

BOOST_AUTO_TEST_SUITE_END()
