#include "tests/storage/conformance/fixture.h"

using namespace parse;
using namespace parse::storage::conformance;

BOOST_AUTO_TEST_SUITE(conformance_indexes)

namespace {

schema::ClassSchema game(std::vector<schema::Index> indexes) {
  schema::ClassSchema made = class_of("Game", {field("slug", FieldKind::kString), field("n", FieldKind::kNumber),
                                               field("place", FieldKind::kGeoPoint), field("map", FieldKind::kObject)});
  made.indexes = std::move(indexes);
  return made;
}

schema::Index unique_slug() { return {"unique_slug", {{"slug", 1}}, true, std::nullopt}; }

}  // namespace

BOOST_AUTO_TEST_CASE_TEMPLATE(unique_index_rejects_second_equal_value, Backend, AllBackends) {
  Store<Backend> store;
  store.make_class(game({unique_slug()}));
  store.create("Game", "g1", R"({"slug":"chess"})");
  BOOST_CHECK_EXCEPTION(store.create("Game", "g2", R"({"slug":"chess"})"), Error, has_code(ErrorCode::kDuplicateValue));
  store.create("Game", "g3", R"({"slug":"go"})");
  BOOST_CHECK_EXCEPTION(store.update("Game", R"({"objectId":"g3"})", R"({"slug":"chess"})"), Error,
                        has_code(ErrorCode::kDuplicateValue));
  BOOST_CHECK_EQUAL(store.ids("Game", "{}"), "g1 g3");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(unique_index_allows_many_missing_values, Backend, AllBackends) {
  Store<Backend> store;
  store.make_class(game({unique_slug()}));
  store.create("Game", "g1");
  store.create("Game", "g2", R"({"slug":null})");
  BOOST_CHECK_EQUAL(store.ids("Game", "{}"), "g1 g2");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(unique_index_cannot_be_made_over_equal_values, Backend, AllBackends) {
  Store<Backend> store;
  store.make_class(game({}));
  store.create("Game", "g1", R"({"slug":"chess"})");
  store.create("Game", "g2", R"({"slug":"chess"})");
  BOOST_CHECK_EXCEPTION(store.backend->update_class(game({}), game({unique_slug()})), Error,
                        has_code(ErrorCode::kDuplicateValue));
  BOOST_CHECK(store.backend->load_schema().find("Game")->indexes.empty());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(partial_unique_index_binds_only_what_matches_it, Backend, AllBackends) {
  Store<Backend> store;
  schema::Index index = unique_slug();
  index.where = Object{{"n", Object{{"$gt", 10}}}};
  store.make_class(game({index}));
  store.create("Game", "g1", R"({"slug":"chess","n":1})");
  store.create("Game", "g2", R"({"slug":"chess","n":2})");
  store.create("Game", "g3", R"({"slug":"chess","n":11})");
  BOOST_CHECK_EXCEPTION(store.create("Game", "g4", R"({"slug":"chess","n":12})"), Error,
                        has_code(ErrorCode::kDuplicateValue));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(compound_unique_index_compares_all_its_fields, Backend, AllBackends) {
  Store<Backend> store;
  store.make_class(game({{"both", {{"slug", 1}, {"n", -1}}, true, std::nullopt}}));
  store.create("Game", "g1", R"({"slug":"chess","n":1})");
  store.create("Game", "g2", R"({"slug":"chess","n":2})");
  BOOST_CHECK_EXCEPTION(store.create("Game", "g3", R"({"slug":"chess","n":2})"), Error,
                        has_code(ErrorCode::kDuplicateValue));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(every_kind_of_index_can_be_made_and_dropped, Backend, AllBackends) {
  Store<Backend> store;
  store.make_class(game({}));
  store.create("Game", "g1", R"({"slug":"a chess game","n":1,"map":{"k":"v"}})");
  const schema::ClassSchema full = game({{"plain", {{"n", 1}}, false, std::nullopt},
                                         {"words", {{"slug", "text"}}, false, std::nullopt},
                                         {"flat", {{"place", "2d"}}, false, std::nullopt},
                                         {"globe", {{"place", "2dsphere"}}, false, std::nullopt},
                                         {"inner", {{"map.k", 1}}, false, std::nullopt},
                                         {"_id_", {{"_id", 1}}, false, std::nullopt}});
  store.backend->update_class(game({}), full);
  store.schema.set(full);
  store.create("Game", "g2", R"({"slug":"go"})");
  BOOST_CHECK_EQUAL(store.ids("Game", R"({"map.k":"v"})"), "g1");
  store.backend->update_class(full, game({}));
  BOOST_CHECK(store.backend->load_schema().find("Game")->indexes.empty());
  store.create("Game", "g3", R"({"slug":"go"})");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_field_can_be_deleted_with_the_indexes_on_it, Backend, AllBackends) {
  Store<Backend> store;
  const schema::ClassSchema before = game({unique_slug(), {"words", {{"slug", "text"}}, false, std::nullopt}});
  store.make_class(before);
  schema::ClassSchema after = game({});
  std::erase_if(after.fields, [](const schema::Field& f) { return f.name == "slug"; });
  store.backend->update_class(before, after);
  store.schema.set(after);
  store.create("Game", "g1", R"({"n":1})");
  BOOST_CHECK_EQUAL(store.get("Game", "g1"), R"({"objectId":"g1","n":1})");
}

BOOST_AUTO_TEST_SUITE_END()
