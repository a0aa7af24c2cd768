#include "tests/storage/conformance/fixture.h"

using namespace parse;
using namespace parse::storage::conformance;

BOOST_AUTO_TEST_SUITE(conformance_objects)

namespace {

schema::ClassSchema every_kind() {
  return class_of(
      "Thing", {field("text", FieldKind::kString), field("number", FieldKind::kNumber),
                field("flag", FieldKind::kBoolean), field("when", FieldKind::kDate), field("map", FieldKind::kObject),
                field("list", FieldKind::kArray), field("place", FieldKind::kGeoPoint), field("file", FieldKind::kFile),
                field("data", FieldKind::kBytes), field("area", FieldKind::kPolygon),
                field("owner", FieldKind::kPointer, "Owner"), field("friends", FieldKind::kRelation, "Owner")});
}

}  // namespace

BOOST_AUTO_TEST_CASE_TEMPLATE(every_kind_of_value_comes_back_as_it_was, Backend, AllBackends) {
  Store<Backend> store;
  store.make_class(every_kind());
  const std::string json =
      R"({"text":"grüße\"'","number":9007199254740991,"flag":false,)"
      R"("when":{"__type":"Date","iso":"2026-01-02T03:04:05.678Z"},"map":{"a":{"b":[1,2.5,null]},"c":"d"},)"
      R"("list":[1,"two",{"__type":"Date","iso":"2020-01-01T00:00:00.000Z"}],)"
      R"("place":{"__type":"GeoPoint","latitude":40.5,"longitude":-30.25},)"
      R"("file":{"__type":"File","name":"f.txt","url":"http://x/f.txt"},"data":{"__type":"Bytes","base64":"aGVsbG8="},)"
      R"("area":{"__type":"Polygon","coordinates":[[0,0],[0,1],[1,1],[0,0]]},)"
      R"("owner":{"__type":"Pointer","className":"Owner","objectId":"o1"},)"
      R"("ACL":{"*":{"read":true},"u1":{"read":true,"write":true},"role:A|b":{"write":true}}})";
  store.create("Thing", "t1", json);
  const object::Array rows = store.find(store.find_of("Thing"));
  BOOST_REQUIRE_EQUAL(rows.size(), 1);
  const Object& row = rows.front().as<Object>();
  const Value expected = object::parse_json(json);
  for (const object::Member& member : expected.as<Object>()) {
    if (member.key == "file") continue;
    BOOST_TEST_CONTEXT(member.key) {
      BOOST_REQUIRE(row.find(member.key) != nullptr);
      BOOST_CHECK_EQUAL(object::to_json(*row.find(member.key)), object::to_json(member.value));
    }
  }
  BOOST_CHECK_EQUAL(row.at("file").as<object::File>().name, "f.txt");
  BOOST_CHECK_EQUAL(row.at("friends").as<object::Relation>().class_name, "Owner");
  BOOST_CHECK_EQUAL(row.at("createdAt").as<object::Date>().time, 1600000000001);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(missing_and_null_fields_are_left_out, Backend, AllBackends) {
  Store<Backend> store;
  store.make_class(every_kind());
  store.create("Thing", "t1", R"({"text":null})");
  BOOST_CHECK_EQUAL(store.get("Thing", "t1"),
                    R"({"objectId":"t1","friends":{"__type":"Relation","className":"Owner"}})");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(numbers_keep_their_value, Backend, AllBackends) {
  Store<Backend> store;
  store.make_class(class_of("N", {field("n", FieldKind::kNumber)}));
  for (const char* number : {"0", "-1", "1.5", "1e+300", "0.1", "9007199254740991"}) {
    store.create("N", number, std::string(R"({"n":)") + number + "}");
    BOOST_CHECK_EQUAL(store.get("N", number), std::string(R"({"objectId":")") + number + R"(","n":)" + number + "}");
  }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(integers_beyond_doubles_are_exact_where_the_layout_can_hold_them, Backend, AllBackends) {
  Store<Backend> store;
  store.make_class(class_of("N", {field("n", FieldKind::kNumber)}));
  store.create("N", "1", R"({"n":9223372036854775807})");
  BOOST_CHECK_EQUAL(store.get("N", "1"), Backend::kNumbersAreDoubles ? R"({"objectId":"1","n":9223372036854776000})"
                                                                     : R"({"objectId":"1","n":9223372036854775807})");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_text_with_a_zero_character_is_kept_or_refused_never_cut, Backend, AllBackends) {
  Store<Backend> store;
  store.make_class(class_of("T", {field("s", FieldKind::kString), field("map", FieldKind::kObject)}));
  const std::string text = R"({"s":"a\u0000b"})";
  const std::string inside = R"({"map":{"k":"a\u0000b"}})";
  if (Backend::kTextsHoldZero) {
    store.create("T", "1", text);
    store.create("T", "2", inside);
    BOOST_CHECK_EQUAL(store.get("T", "1"), R"({"objectId":"1","s":"a\u0000b"})");
    BOOST_CHECK_EQUAL(store.get("T", "2"), R"({"objectId":"2","map":{"k":"a\u0000b"}})");
  } else {
    BOOST_CHECK_EXCEPTION(store.create("T", "1", text), Error, has_code(ErrorCode::kInvalidJson));
    BOOST_CHECK_EXCEPTION(store.create("T", "2", inside), Error, has_code(ErrorCode::kInvalidJson));
    BOOST_CHECK_EQUAL(store.ids("T", "{}"), "");
  }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(an_object_id_that_exists_is_a_duplicate, Backend, AllBackends) {
  Store<Backend> store;
  store.make_class(class_of("A", {}));
  store.create("A", "a1");
  BOOST_CHECK_EXCEPTION(store.create("A", "a1"), Error, has_code(ErrorCode::kDuplicateValue));
  BOOST_CHECK_EQUAL(store.ids("A", "{}"), "a1");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(without_an_order_objects_come_as_they_were_made, Backend, AllBackends) {
  Store<Backend> store;
  store.make_class(class_of("A", {}));
  for (const char* id : {"z", "a", "m", "b"}) store.create("A", id);
  BOOST_CHECK_EQUAL(store.ids("A", "{}"), "z a m b");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(remove_deletes_what_matches_and_counts_it, Backend, AllBackends) {
  Store<Backend> store;
  store.make_class(class_of("A", {field("n", FieldKind::kNumber)}));
  for (int i = 0; i < 5; ++i) store.create("A", "a" + std::to_string(i), R"({"n":)" + std::to_string(i) + "}");
  BOOST_CHECK_EQUAL(store.backend->remove(store.schema, "A", store.where("A", R"({"n":{"$gte":3}})")), 2);
  BOOST_CHECK_EQUAL(store.ids("A", "{}"), "a0 a1 a2");
  BOOST_CHECK_EQUAL(store.backend->count(store.schema, "A", {}), 3);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(keys_choose_fields_and_keep_the_built_in_ones, Backend, AllBackends) {
  Store<Backend> store;
  store.make_class(class_of("A", {field("n", FieldKind::kNumber), field("s", FieldKind::kString)}));
  store.create("A", "a1", R"({"n":1,"s":"x","ACL":{"*":{"read":true}}})");
  query::Find find = store.find_of("A");
  find.keys = std::vector<std::string>{"s"};
  const object::Array rows = store.find(find);
  BOOST_REQUIRE_EQUAL(rows.size(), 1);
  BOOST_CHECK(rows.front().as<Object>().contains("createdAt"));
  BOOST_CHECK_EQUAL(store.json_of(rows.front().as<Object>()), R"({"objectId":"a1","ACL":{"*":{"read":true}},"s":"x"})");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(an_unknown_class_or_column_reads_as_empty, Backend, AllBackends) {
  Store<Backend> store;
  store.make_class(class_of("A", {}));
  store.create("A", "a1");
  schema::Schema ahead = store.schema;
  ahead.set(class_of("A", {field("later", FieldKind::kString)}));
  ahead.set(class_of("B", {}));
  query::Find find;
  find.class_name = "A";
  object::ValueBuilder sink;
  BOOST_CHECK_EQUAL(store.backend->find(ahead, find, sink), 1);
  find.where.conditions.push_back(query::FieldCondition{"later", query::Equal{"x"}});
  BOOST_CHECK_EQUAL(store.backend->find(ahead, find, sink), 0);
  BOOST_CHECK_EQUAL(store.backend->count(ahead, "B", {}), 0);
  BOOST_CHECK_EQUAL(store.backend->count(ahead, "C", {}), 0);
}

namespace {

Object numbered(const std::string& id, std::int64_t number) {
  return {{"objectId", id}, {"createdAt", object::Date{1}}, {"updatedAt", object::Date{1}}, {"n", number}};
}

}  // namespace

BOOST_AUTO_TEST_CASE_TEMPLATE(a_write_to_an_unknown_class_or_column_says_that_the_schema_is_stale, Backend,
                              AllBackends) {
  Store<Backend> store;
  store.make_class(class_of("A", {}));
  store.create("A", "a1");
  schema::Schema ahead = store.schema;
  ahead.set(class_of("A", {field("n", FieldKind::kNumber)}));
  ahead.set(class_of("B", {field("n", FieldKind::kNumber)}));
  for (const char* class_name : {"A", "B"}) {
    BOOST_CHECK_THROW(store.backend->create(ahead, class_name, numbered("a2", 1)), storage::StaleSchema);
    BOOST_CHECK_THROW(store.backend->create_many(ahead, class_name, {numbered("a2", 1), numbered("a3", 2)}),
                      storage::StaleSchema);
    BOOST_CHECK_THROW(store.backend->update(ahead, store.request(class_name, R"({"objectId":"a1"})", R"({"n":9})")),
                      storage::StaleSchema);
  }
  BOOST_CHECK_EQUAL(store.ids("A", "{}"), "a1");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(many_objects_of_different_fields_are_stored_at_once, Backend, AllBackends) {
  Store<Backend> store;
  store.make_class(class_of(
      "A", {field("n", FieldKind::kNumber), field("list", FieldKind::kArray), field("place", FieldKind::kGeoPoint)}));
  BOOST_CHECK_EQUAL(store.backend->count(store.schema, "A", {}), 0);
  Object with_place{{"objectId", "a2"}, {"createdAt", object::Date{1}}, {"updatedAt", object::Date{1}}};
  with_place.set("place", object::GeoPoint{40.5, -30.25});
  with_place.set("ACL", Object{{"u1", Object{{"read", true}}}});
  Object with_list = numbered("a3", 3);
  with_list.set("list", object::Array{1, "two"});
  store.backend->create_many(store.schema, "A", {numbered("a1", 1), with_place, with_list});
  BOOST_CHECK_EQUAL(store.get("A", "a1"), R"({"objectId":"a1","n":1})");
  BOOST_CHECK_EQUAL(store.get("A", "a2"), R"({"objectId":"a2","ACL":{"u1":{"read":true}},)"
                                          R"("place":{"__type":"GeoPoint","latitude":40.5,"longitude":-30.25}})");
  BOOST_CHECK_EQUAL(store.get("A", "a3"), R"({"objectId":"a3","n":3,"list":[1,"two"]})");
  BOOST_CHECK_EQUAL(store.backend->count(store.schema, "A", {}), 3);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(of_many_objects_none_is_stored_when_one_cannot_be, Backend, AllBackends) {
  Store<Backend> store;
  store.make_class(class_of("A", {field("n", FieldKind::kNumber)}));
  store.create("A", "a2");
  BOOST_CHECK_EXCEPTION(store.backend->create_many(store.schema, "A", {numbered("a1", 1), numbered("a2", 2)}), Error,
                        has_code(ErrorCode::kDuplicateValue));
  BOOST_CHECK_EXCEPTION(store.backend->create_many(store.schema, "A", {numbered("a3", 1), numbered("a3", 2)}), Error,
                        has_code(ErrorCode::kDuplicateValue));
  BOOST_CHECK_EQUAL(store.ids("A", "{}"), "a2");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(any_number_of_objects_is_stored_at_once, Backend, AllBackends) {
  constexpr int kCount = 9000;  // more values than a statement may have of them on any storage
  Store<Backend> store;
  std::vector<schema::Field> fields;
  for (int i = 0; i < 8; ++i) fields.push_back(field("n" + std::to_string(i), FieldKind::kNumber));
  store.make_class(class_of("A", fields));
  std::vector<Object> objects;
  for (int i = 0; i < kCount; ++i) {
    Object made{{"objectId", "a" + std::to_string(i)}, {"createdAt", object::Date{1}}, {"updatedAt", object::Date{1}}};
    for (const schema::Field& number : fields) made.set(number.name, i);
    objects.push_back(std::move(made));
  }
  store.backend->create_many(store.schema, "A", {});
  store.backend->create_many(store.schema, "A", objects);
  BOOST_CHECK_EQUAL(store.backend->count(store.schema, "A", {}), kCount);
  BOOST_CHECK_EQUAL(store.ids("A", R"({"n7":8999})"), "a8999");
}

BOOST_AUTO_TEST_SUITE_END()
