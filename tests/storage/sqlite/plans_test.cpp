#include "tests/storage/conformance/fixture.h"

using namespace parse;
using namespace parse::storage;
using namespace parse::storage::conformance;

/// What the planner makes of our statements: the indexes that keep big classes fast.
BOOST_AUTO_TEST_SUITE(sqlite_plans)

namespace {

struct Scores : Store<SqliteFile> {
  Scores() {
    schema::ClassSchema made = class_of("Score", {field("name", FieldKind::kString), field("n", FieldKind::kNumber)});
    made.indexes.push_back({"words", {{"name", "text"}}, false, std::nullopt});
    make_class(made);
  }
  void fill(int count) {
    const auto transaction = backend->begin();
    for (int i = 0; i < count; ++i) {
      const object::Date date{++time};
      transaction->create(schema, "Score",
                          {{"objectId", "s" + std::to_string(i)},
                           {"createdAt", date},
                           {"updatedAt", date},
                           {"name", "P" + std::to_string(i % 97)},
                           {"n", i}});
    }
    transaction->commit();
  }
  std::string plan(const query::Find& find) { return object::to_json(backend->explain(schema, find, "queryPlanner")); }
};

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

BOOST_AUTO_TEST_CASE(newest_first_reads_the_index_on_created_at_without_sorting) {
  Scores scores;
  query::Find find = scores.find_of("Score", R"({"n":{"$gte":100}})");
  find.order = {{"createdAt", true}};
  find.limit = 20;
  BOOST_CHECK(contains(scores.plan(find), "made:Score"));
  BOOST_CHECK(!contains(scores.plan(find), "TEMP B-TREE"));
}

BOOST_AUTO_TEST_CASE(an_object_id_is_looked_up_in_its_index) {
  Scores scores;
  BOOST_CHECK(contains(scores.plan(scores.find_of("Score", R"({"objectId":"x"})")), "SEARCH t0 USING INDEX"));
}

BOOST_AUTO_TEST_CASE(a_text_search_uses_the_text_index) {
  Scores scores;
  query::Find find = scores.find_of("Score");
  find.where.conditions.push_back(query::FieldCondition{"name", query::TextSearch{"dog", {}, {}, {}}});
  BOOST_CHECK(contains(scores.plan(find), "VIRTUAL TABLE INDEX"));
}

BOOST_AUTO_TEST_CASE(a_field_that_is_searched_in_vain_gets_an_index) {
  Scores scores;
  scores.fill(20000);
  query::Find find = scores.find_of("Score", R"({"name":{"$in":["P1","P2"]},"n":{"$lt":50}})");
  const std::string ids = scores.ids(find);
  for (int i = 0; i < 15; ++i) scores.find(find);
  BOOST_CHECK(contains(scores.plan(find), "auto:Score:name"));
  BOOST_CHECK_EQUAL(scores.ids(find), ids);
  schema::ClassSchema without = *scores.schema.find("Score");
  std::erase_if(without.fields, [](const schema::Field& f) { return f.name == "name"; });
  without.indexes.clear();
  scores.backend->update_class(*scores.schema.find("Score"), without);
}

// A scan of this class takes longer than an impatient find waits for its first result.
BOOST_AUTO_TEST_CASE(finds_that_stop_early_for_an_index_find_everything_all_the_same) {
  Scores scores;
  scores.fill(60000);
  query::Find find = scores.find_of("Score", R"({"name":"P7"})");
  find.order = {{"n", false}};
  find.limit = 2;
  for (int i = 0; i < 10; ++i) BOOST_CHECK_EQUAL(scores.ids(find), "s7 s104");
  BOOST_CHECK(contains(scores.plan(find), "auto:Score:name"));
  BOOST_CHECK_EQUAL(scores.ids(find), "s7 s104");
}

BOOST_AUTO_TEST_SUITE_END()
