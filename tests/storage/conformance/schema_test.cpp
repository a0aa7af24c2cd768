#include "tests/storage/conformance/fixture.h"

using namespace parse;
using namespace parse::storage::conformance;

BOOST_AUTO_TEST_SUITE(conformance_schema)

namespace {

schema::ClassSchema game() {
  schema::ClassSchema made = class_of("Game", {field("name", FieldKind::kString), field("n", FieldKind::kNumber)});
  made.fields.back().required = true;
  made.fields.back().default_value = 5;
  made.indexes.push_back({"by_n", {{"n", -1}}, false, std::nullopt});
  made.permissions = Object{{"find", Object{{"*", true}}}};
  return made;
}

}  // namespace

BOOST_AUTO_TEST_CASE_TEMPLATE(a_class_is_loaded_as_it_was_made, Backend, AllBackends) {
  Store<Backend> store;
  store.make_class(game());
  const schema::Schema loaded = store.backend->load_schema();
  BOOST_REQUIRE(loaded.find("Game") != nullptr);
  BOOST_CHECK(*loaded.find("Game") == game());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_class_cannot_be_made_twice, Backend, AllBackends) {
  Store<Backend> store;
  store.make_class(game());
  BOOST_CHECK_EXCEPTION(store.make_class(game()), Error, has_code(ErrorCode::kInvalidClassName));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(fields_come_and_go, Backend, AllBackends) {
  Store<Backend> store;
  store.make_class(game());
  store.create("Game", "g1", R"({"name":"chess","n":1})");
  schema::ClassSchema after = game();
  std::erase_if(after.fields, [](const schema::Field& f) { return f.name == "name"; });
  after.fields.push_back(field("place", FieldKind::kGeoPoint));
  after.fields.push_back(field("fans", FieldKind::kRelation, "Fan"));
  store.backend->update_class(game(), after);
  store.schema.set(after);
  BOOST_CHECK_EQUAL(store.get("Game", "g1"),
                    R"({"objectId":"g1","n":1,"fans":{"__type":"Relation","className":"Fan"}})");
  schema::ClassSchema again = after;
  again.fields.push_back(field("name", FieldKind::kNumber));
  store.backend->update_class(after, again);
  store.schema.set(again);
  BOOST_CHECK_EQUAL(store.update("Game", "{}", R"({"name":3})"),
                    R"({"objectId":"g1","n":1,"fans":{"__type":"Relation","className":"Fan"},"name":3})");
  BOOST_CHECK(*store.backend->load_schema().find("Game") == again);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(two_servers_may_add_the_same_field, Backend, AllBackends) {
  Store<Backend> store;
  store.make_class(game());
  schema::ClassSchema first = game();
  first.fields.push_back(field("extra", FieldKind::kString));
  first.fields.push_back(field("first", FieldKind::kString));
  store.backend->update_class(game(), first);
  schema::ClassSchema second = game();
  second.fields.push_back(field("extra", FieldKind::kString));
  second.fields.push_back(field("second", FieldKind::kString));
  store.backend->update_class(game(), second);
  const schema::Schema loaded = store.backend->load_schema();
  BOOST_CHECK(loaded.find("Game")->find_field("first") != nullptr);
  BOOST_CHECK(loaded.find("Game")->find_field("second") != nullptr);
  schema::ClassSchema other = game();
  other.fields.push_back(field("extra", FieldKind::kNumber));
  BOOST_CHECK_EXCEPTION(store.backend->update_class(game(), other), Error,
                        has_code(ErrorCode::kInvalidSchemaOperation));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_deleted_class_takes_its_objects_and_relations_along, Backend, AllBackends) {
  Store<Backend> store;
  const schema::ClassSchema made = class_of("Team", {field("members", FieldKind::kRelation, "Team")});
  store.make_class(made);
  store.create("Team", "t1");
  store.backend->change_relation({"Team", "t1"}, "members", {{{"Team", "t1"}}, {}});
  store.backend->delete_class(made);
  store.backend->delete_class(made);
  BOOST_CHECK(store.backend->load_schema().find("Team") == nullptr);
  store.make_class(made);
  BOOST_CHECK_EQUAL(store.backend->count(store.schema, "Team", {}), 0);
}

BOOST_AUTO_TEST_SUITE_END()
