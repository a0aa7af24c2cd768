#include "tests/storage/conformance/fixture.h"

using namespace parse;
using namespace parse::storage::conformance;

BOOST_AUTO_TEST_SUITE(conformance_where)

namespace {

/// Five objects: 1 to 3 with rising values, 4 with other ones, "none" without any.
template <typename Backend>
struct Filled : Store<Backend> {
  Filled() {
    this->make_class(class_of(
        "T", {field("s", FieldKind::kString), field("n", FieldKind::kNumber), field("b", FieldKind::kBoolean),
              field("d", FieldKind::kDate), field("p", FieldKind::kPointer, "Q"), field("f", FieldKind::kFile),
              field("y", FieldKind::kBytes), field("list", FieldKind::kArray), field("map", FieldKind::kObject)}));
    this->create(
        "T", "1",
        R"({"s":"alpha","n":1,"b":true,"d":{"__type":"Date","iso":"2026-01-01T00:00:00.000Z"},)"
        R"("p":{"__type":"Pointer","className":"Q","objectId":"q1"},"f":{"__type":"File","name":"a.txt"},)"
        R"("y":{"__type":"Bytes","base64":"YQ=="},"list":["x","y",1],"map":{"k":1,"deep":{"t":"u"},"l":[5,6]}})");
    this->create("T", "2",
                 R"({"s":"Beta","n":2.5,"b":false,"d":{"__type":"Date","iso":"2026-02-01T00:00:00.000Z"},)"
                 R"("p":{"__type":"Pointer","className":"Q","objectId":"q2"},"list":["y","z"],"map":{"k":2}})");
    this->create("T", "3",
                 R"({"s":"gamma ray","n":10,"list":[],"d":{"__type":"Date","iso":"2026-03-01T00:00:00.000Z"},)"
                 R"("map":{"k":"text","when":{"__type":"Date","iso":"2026-01-01T00:00:00.000Z"}}})");
    this->create("T", "4", R"({"s":"","n":-3,"list":[{"__type":"Pointer","className":"Q","objectId":"q1"},{"a":1}]})");
    this->create("T", "none");
  }
  std::string found(const std::string& json) { return this->ids("T", json); }
};

}  // namespace

BOOST_AUTO_TEST_CASE_TEMPLATE(equality_compares_each_kind_with_its_own_values, Backend, AllBackends) {
  Filled<Backend> t;
  BOOST_CHECK_EQUAL(t.found(R"({"s":"alpha"})"), "1");
  BOOST_CHECK_EQUAL(t.found(R"({"s":"ALPHA"})"), "");
  BOOST_CHECK_EQUAL(t.found(R"({"s":""})"), "4");
  BOOST_CHECK_EQUAL(t.found(R"({"n":{"$eq":1}})"), "1");
  BOOST_CHECK_EQUAL(t.found(R"({"n":{"$eq":2.5}})"), "2");
  BOOST_CHECK_EQUAL(t.found(R"({"b":{"$eq":false}})"), "2");
  BOOST_CHECK_EQUAL(t.found(R"({"d":{"__type":"Date","iso":"2026-02-01T00:00:00.000Z"}})"), "2");
  BOOST_CHECK_EQUAL(t.found(R"({"p":{"__type":"Pointer","className":"Q","objectId":"q1"}})"), "1");
  BOOST_CHECK_EQUAL(t.found(R"({"f":{"__type":"File","name":"a.txt"}})"), "1");
  BOOST_CHECK_EQUAL(t.found(R"({"y":{"__type":"Bytes","base64":"YQ=="}})"), "1");
  BOOST_CHECK_EQUAL(t.found(R"({"objectId":"3"})"), "3");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_value_of_another_type_never_matches, Backend, AllBackends) {
  Filled<Backend> t;
  BOOST_CHECK_EQUAL(t.found(R"({"n":{"$eq":"1"}})"), "");
  BOOST_CHECK_EQUAL(t.found(R"({"s":{"$eq":1}})"), "");
  BOOST_CHECK_EQUAL(t.found(R"({"b":{"$eq":1}})"), "");
  BOOST_CHECK_EQUAL(t.found(R"({"n":{"$ne":"1"}})"), "1 2 3 4 none");
  BOOST_CHECK_EQUAL(t.found(R"({"n":{"$lt":"5"}})"), "");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(equal_to_null_also_matches_missing_field, Backend, AllBackends) {
  Filled<Backend> t;
  BOOST_CHECK_EQUAL(t.found(R"({"s":{"$eq":null}})"), "none");
  BOOST_CHECK_EQUAL(t.found(R"({"p":{"$eq":null}})"), "3 4 none");
  BOOST_CHECK_EQUAL(t.found(R"({"list":{"$eq":null}})"), "none");
  BOOST_CHECK_EQUAL(t.found(R"({"unknown":{"$eq":null}})"), "1 2 3 4 none");
  BOOST_CHECK_EQUAL(t.found(R"({"s":{"$ne":null}})"), "1 2 3 4");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(not_equal_matches_objects_without_the_value, Backend, AllBackends) {
  Filled<Backend> t;
  BOOST_CHECK_EQUAL(t.found(R"({"s":{"$ne":"alpha"}})"), "2 3 4 none");
  BOOST_CHECK_EQUAL(t.found(R"({"b":{"$ne":true}})"), "2 3 4 none");
  BOOST_CHECK_EQUAL(t.found(R"({"list":{"$ne":"y"}})"), "3 4 none");
  BOOST_CHECK_EQUAL(t.found(R"({"map.k":{"$ne":1}})"), "2 3 4 none");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(comparisons_follow_the_order_of_the_type, Backend, AllBackends) {
  Filled<Backend> t;
  BOOST_CHECK_EQUAL(t.found(R"({"n":{"$gt":1}})"), "2 3");
  BOOST_CHECK_EQUAL(t.found(R"({"n":{"$gte":1,"$lt":10}})"), "1 2");
  BOOST_CHECK_EQUAL(t.found(R"({"n":{"$lte":-3}})"), "4");
  BOOST_CHECK_EQUAL(t.found(R"({"s":{"$lt":"a"}})"), "2 4");
  BOOST_CHECK_EQUAL(t.found(R"({"d":{"$gt":{"__type":"Date","iso":"2026-01-15T00:00:00.000Z"}}})"), "2 3");
  BOOST_CHECK_EQUAL(t.found(R"({"objectId":{"$gt":"2"}})"), "3 4 none");
  BOOST_CHECK_EQUAL(t.found(R"({"createdAt":{"$lte":{"__type":"Date","iso":"2020-09-13T12:26:40.002Z"}}})"), "1 2");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(in_and_not_in_know_missing_values, Backend, AllBackends) {
  Filled<Backend> t;
  BOOST_CHECK_EQUAL(t.found(R"({"s":{"$in":["alpha","Beta","other"]}})"), "1 2");
  BOOST_CHECK_EQUAL(t.found(R"({"n":{"$in":[10,2.5]}})"), "2 3");
  BOOST_CHECK_EQUAL(t.found(R"({"n":{"$in":[10,null]}})"), "3 none");
  BOOST_CHECK_EQUAL(t.found(R"({"n":{"$in":[]}})"), "");
  BOOST_CHECK_EQUAL(t.found(R"({"n":{"$nin":[10,1]}})"), "2 4 none");
  BOOST_CHECK_EQUAL(t.found(R"({"n":{"$nin":[10,null]}})"), "1 2 4");
  BOOST_CHECK_EQUAL(t.found(R"({"n":{"$nin":[]}})"), "1 2 3 4 none");
  BOOST_CHECK_EQUAL(t.found(R"({"p":{"$in":[{"__type":"Pointer","className":"Q","objectId":"q2"}]}})"), "2");
  BOOST_CHECK_EQUAL(t.found(R"({"list":{"$in":["x","z"]}})"), "1 2");
  BOOST_CHECK_EQUAL(t.found(R"({"list":{"$nin":["x","z"]}})"), "3 4 none");
  BOOST_CHECK_EXCEPTION(t.found(R"({"s":{"$in":["a",5]}})"), Error, has_code(ErrorCode::kInvalidQuery));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_long_list_finds_what_a_short_one_finds, Backend, AllBackends) {
  Filled<Backend> t;
  std::string strings = R"("al\"'pha","grün")";
  std::string numbers = "1";
  for (int i = 100; i < 500; ++i) {
    strings += ",\"v" + std::to_string(i) + "\"";
    numbers += "," + std::to_string(i);
  }
  BOOST_CHECK_EQUAL(t.found(R"({"s":{"$in":[)" + strings + R"(,"Beta"]}})"), "2");
  BOOST_CHECK_EQUAL(t.found(R"({"n":{"$in":[)" + numbers + R"(,2.5]}})"), "1 2");
  BOOST_CHECK_EQUAL(t.found(R"({"n":{"$nin":[)" + numbers + R"(,2.5]}})"), "3 4 none");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(exists_tells_values_from_their_absence, Backend, AllBackends) {
  Filled<Backend> t;
  BOOST_CHECK_EQUAL(t.found(R"({"b":{"$exists":true}})"), "1 2");
  BOOST_CHECK_EQUAL(t.found(R"({"b":{"$exists":false}})"), "3 4 none");
  BOOST_CHECK_EQUAL(t.found(R"({"list":{"$exists":true}})"), "1 2 3 4");
  BOOST_CHECK_EQUAL(t.found(R"({"map.deep":{"$exists":true}})"), "1");
  BOOST_CHECK_EQUAL(t.found(R"({"unknown":{"$exists":false}})"), "1 2 3 4 none");
  BOOST_CHECK_EQUAL(t.found(R"({"unknown":{"$exists":true}})"), "");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(lists_are_searched_by_their_elements, Backend, AllBackends) {
  Filled<Backend> t;
  BOOST_CHECK_EQUAL(t.found(R"({"list":"y"})"), "1 2");
  BOOST_CHECK_EQUAL(t.found(R"({"list":{"$eq":1}})"), "1");
  BOOST_CHECK_EQUAL(t.found(R"({"list":{"__type":"Pointer","className":"Q","objectId":"q1"}})"), "4");
  BOOST_CHECK_EQUAL(t.found(R"({"list":{"$all":["x","y"]}})"), "1");
  BOOST_CHECK_EQUAL(t.found(R"({"list":{"$all":[]}})"), "");
  BOOST_CHECK_EQUAL(t.found(R"({"list":{"$all":[{"$regex":"^\\Qx\\E"},{"$regex":"^\\Qy\\E"}]}})"), "1");
  BOOST_CHECK_EQUAL(t.found(R"({"list":{"$containedBy":["x","y","z",1]}})"), "1 2 3");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(dotted_paths_reach_into_objects_and_lists, Backend, AllBackends) {
  Filled<Backend> t;
  BOOST_CHECK_EQUAL(t.found(R"({"map.k":{"$eq":1}})"), "1");
  BOOST_CHECK_EQUAL(t.found(R"({"map.k":"text"})"), "3");
  BOOST_CHECK_EQUAL(t.found(R"({"map.k":{"$gt":1}})"), "2");
  BOOST_CHECK_EQUAL(t.found(R"({"map.deep.t":"u"})"), "1");
  BOOST_CHECK_EQUAL(t.found(R"({"map.l.1":{"$eq":6}})"), "1");
  BOOST_CHECK_EQUAL(t.found(R"({"list.0":"y"})"), "2");
  BOOST_CHECK_EQUAL(t.found(R"({"map.k":{"$in":[1,2]}})"), "1 2");
  BOOST_CHECK_EQUAL(t.found(R"({"map.when":{"$lte":{"__type":"Date","iso":"2026-01-01T00:00:00.000Z"}}})"), "3");
  BOOST_CHECK_EQUAL(t.found(R"({"map":{"k":2}})"), "2");
  BOOST_CHECK_EQUAL(t.found(R"({"s.x":"y"})"), "");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(dotted_paths_go_through_lists_of_objects, Backend, AllBackends) {
  Filled<Backend> t;
  t.create("T", "5",
           R"({"map":{"items":[{"name":"a","n":1},{"name":"b","n":5}],"0":"zero"},"list":[{"k":[7,8]},"x"]})");
  BOOST_CHECK_EQUAL(t.found(R"({"map.items.name":"b"})"), "5");
  BOOST_CHECK_EQUAL(t.found(R"({"map.items.1.name":"b"})"), "5");
  BOOST_CHECK_EQUAL(t.found(R"({"map.items.0.name":"b"})"), "");
  BOOST_CHECK_EQUAL(t.found(R"({"map.items.n":{"$gt":4}})"), "5");
  BOOST_CHECK_EQUAL(t.found(R"({"map.items.name":{"$regex":"^b"}})"), "5");
  BOOST_CHECK_EQUAL(t.found(R"({"map.items":{"name":"a","n":1}})"), "5");
  BOOST_CHECK_EQUAL(t.found(R"({"map.0":"zero"})"), "5");
  BOOST_CHECK_EQUAL(t.found(R"({"list.k":{"$eq":8}})"), "5");
  BOOST_CHECK_EQUAL(t.found(R"({"list.k":{"$all":[7,8]}})"), "5");
  BOOST_CHECK_EQUAL(t.found(R"({"map.items.name":{"$nin":["a",null]}})"), "");
  BOOST_CHECK_EQUAL(t.found(R"({"map.k":{"$nin":[1,2]}})"), "3 4 none 5");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(composite_elements_are_equal_as_a_whole, Backend, AllBackends) {
  Filled<Backend> t;
  t.create("T", "5", R"({"list":[{"a":1,"b":2},{"__type":"File","name":"x.txt"},[1,2]]})");
  BOOST_CHECK_EQUAL(t.found(R"({"list":{"a":1}})"), "4");
  BOOST_CHECK_EQUAL(t.found(R"({"list":{"b":2,"a":1}})"), "5");
  BOOST_CHECK_EQUAL(t.found(R"({"list":{"__type":"File","name":"x.txt"}})"), "5");
  BOOST_CHECK_EQUAL(t.found(R"({"list":[1,2]})"), "5");
  BOOST_CHECK_EQUAL(t.found(R"({"list":["y","z"]})"), "2");
  BOOST_CHECK_EQUAL(t.found(R"({"list":{"$all":[{"a":1},{"__type":"Pointer","className":"Q","objectId":"q1"}]}})"),
                    "4");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(regular_expressions_search_text, Backend, AllBackends) {
  Filled<Backend> t;
  BOOST_CHECK_EQUAL(t.found(R"({"s":{"$regex":"am+a"}})"), "3");
  BOOST_CHECK_EQUAL(t.found(R"({"s":{"$regex":"^BETA$","$options":"i"}})"), "2");
  BOOST_CHECK_EQUAL(t.found(R"({"s":{"$regex":"^\\Qal\\E"}})"), "1");
  BOOST_CHECK_EQUAL(t.found(R"({"s":{"$regex":"\\Qma r\\E"}})"), "3");
  BOOST_CHECK_EQUAL(t.found(R"({"map.k":{"$regex":"^te"}})"), "3");
  BOOST_CHECK_EQUAL(t.found(R"({"list":{"$regex":"^z"}})"), "2");
  BOOST_CHECK_EQUAL(t.found(R"({"s":{"$regex":"gamma ray # all","$options":"x"}})"), "");
  BOOST_CHECK_EQUAL(t.found(R"({"s":{"$regex":"gamma\\s ray # all","$options":"x"}})"), "3");
  BOOST_CHECK_EQUAL(t.found(R"({"s":{"$regex":"\\bRAY$","$options":"i"}})"), "3");
  BOOST_CHECK_EXCEPTION(t.found(R"({"s":{"$regex":"(("}})"), Error, has_code(ErrorCode::kInvalidQuery));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_hostile_pattern_ends_with_an_error_or_an_answer, Backend, AllBackends) {
  Filled<Backend> t;
  t.create("T", "long", R"({"s":")" + std::string(40, 'a') + R"(cb"})");
  try {
    BOOST_CHECK_EQUAL(t.found(R"({"s":{"$regex":"^(a|a?)+c$"}})"), "");
  } catch (const Error& error) {
    BOOST_CHECK(error.code() == ErrorCode::kInvalidQuery);
  }
  BOOST_CHECK_EQUAL(t.found(R"({"s":"alpha"})"), "1");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(conditions_combine, Backend, AllBackends) {
  Filled<Backend> t;
  BOOST_CHECK_EQUAL(t.found(R"({"$or":[{"s":"alpha"},{"n":{"$eq":10}}]})"), "1 3");
  BOOST_CHECK_EQUAL(t.found(R"({"$and":[{"n":{"$gt":0}},{"s":{"$ne":"alpha"}}]})"), "2 3");
  BOOST_CHECK_EQUAL(t.found(R"({"$nor":[{"s":"alpha"},{"n":{"$eq":10}}]})"), "2 4 none");
  BOOST_CHECK_EQUAL(
      t.found(R"({"$or":[{"s":"alpha","n":{"$eq":2.5}},{"s":"Beta","n":{"$eq":2.5}}],"b":{"$eq":false}})"), "2");
  query::Find nothing = t.find_of("T");
  nothing.where.conditions.push_back(query::Never{});
  BOOST_CHECK_EQUAL(t.ids(nothing), "");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(count_counts_what_find_finds, Backend, AllBackends) {
  Filled<Backend> t;
  for (const char* json : {"{}", R"({"n":{"$gt":0}})", R"({"list":"y"})", R"({"map.k":{"$exists":true}})"}) {
    query::Find find = t.find_of("T", json);
    BOOST_CHECK_EQUAL(t.backend->count(t.schema, "T", find.where), static_cast<std::int64_t>(t.find(find).size()));
  }
  BOOST_CHECK_EQUAL(t.backend->count(t.schema, "T", {}), 5);
  t.create("T", "6");
  BOOST_CHECK_EQUAL(t.backend->count(t.schema, "T", {}), 6);
  t.backend->remove(t.schema, "T", t.where("T", R"({"objectId":"6"})"));
  BOOST_CHECK_EQUAL(t.backend->count(t.schema, "T", {}), 5);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(acl_conditions_follow_the_lists_of_the_object, Backend, AllBackends) {
  Store<Backend> store;
  store.make_class(class_of("A", {}));
  store.create("A", "open");
  store.create("A", "public", R"({"ACL":{"*":{"read":true}}})");
  store.create("A", "mine", R"({"ACL":{"u1":{"read":true,"write":true}}})");
  store.create("A", "theirs", R"({"ACL":{"u11":{"read":true},"role:X":{"write":true}}})");
  store.create("A", "closed", R"({"ACL":{}})");
  const auto readable = [&](query::AclRight right, std::vector<std::string> principals) {
    query::Find find = store.find_of("A");
    find.where.conditions.push_back(query::AclAllows{right, std::move(principals)});
    return store.ids(find);
  };
  BOOST_CHECK_EQUAL(readable(query::AclRight::kRead, {"*"}), "open public");
  BOOST_CHECK_EQUAL(readable(query::AclRight::kRead, {"*", "u1"}), "open public mine");
  BOOST_CHECK_EQUAL(readable(query::AclRight::kWrite, {"*", "role:X"}), "open theirs");
  BOOST_CHECK_EQUAL(store.ids("A", "{}"), "open public mine theirs closed");
}

BOOST_AUTO_TEST_SUITE_END()
