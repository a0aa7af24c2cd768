#include "tests/storage/conformance/fixture.h"

using namespace parse;
using namespace parse::storage::conformance;

BOOST_AUTO_TEST_SUITE(conformance_update)

namespace {

template <typename Backend>
struct Filled : Store<Backend> {
  Filled() {
    this->make_class(
        class_of("T", {field("s", FieldKind::kString), field("n", FieldKind::kNumber), field("list", FieldKind::kArray),
                       field("map", FieldKind::kObject), field("place", FieldKind::kGeoPoint)}));
    this->create("T", "1", R"({"s":"a","n":1,"list":[1,2],"map":{"k":1,"deep":{"x":1,"y":2}}})");
    this->create("T", "2", R"({"s":"b"})");
  }
  std::string changed(const std::string& changes, const std::string& id = "1") {
    return this->update("T", R"({"objectId":")" + id + R"("})", changes);
  }
};

}  // namespace

BOOST_AUTO_TEST_CASE_TEMPLATE(set_replaces_values_and_returns_the_object_afterwards, Backend, AllBackends) {
  Filled<Backend> t;
  const std::string after = R"({"objectId":"1","s":"new","n":5,"list":["x"],"map":{"k":2}})";
  BOOST_CHECK_EQUAL(t.changed(R"({"s":"new","n":5,"list":["x"],"map":{"k":2}})"), after);
  BOOST_CHECK_EQUAL(t.get("T", "1"), after);
  BOOST_CHECK_EQUAL(t.get("T", "2"), R"({"objectId":"2","s":"b"})");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(updated_at_is_written, Backend, AllBackends) {
  Filled<Backend> t;
  const auto changed = t.backend->update(t.schema, t.request("T", R"({"objectId":"1"})", "{}"));
  BOOST_REQUIRE(changed);
  BOOST_CHECK_EQUAL(changed->at("updatedAt").template as<object::Date>().time, t.time);
  BOOST_CHECK(changed->at("createdAt").template as<object::Date>().time < t.time);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(updated_at_stays_when_the_request_has_none, Backend, AllBackends) {
  Filled<Backend> t;
  for (const char* changes : {"{}", R"({"s":"new"})", R"({"n":{"__op":"Increment","amount":1}})", R"({"map.k":7})"}) {
    auto request = t.request("T", R"({"objectId":"1"})", changes);
    request.updated_at.reset();
    const auto before = t.backend->update(t.schema, t.request("T", R"({"objectId":"1"})", "{}"));
    const auto after = t.backend->update(t.schema, request);
    BOOST_REQUIRE(after);
    BOOST_TEST((after->at("updatedAt") == before->at("updatedAt")), changes);
  }
  BOOST_CHECK_EQUAL(t.get("T", "1"),
                    R"({"objectId":"1","s":"new","n":2,"list":[1,2],"map":{"k":7,"deep":{"x":1,"y":2}}})");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(null_and_delete_clear_a_field, Backend, AllBackends) {
  Filled<Backend> t;
  BOOST_CHECK_EQUAL(t.changed(R"({"s":null,"n":{"__op":"Delete"},"map":{"__op":"Delete"}})"),
                    R"({"objectId":"1","list":[1,2]})");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(increment_adds_and_starts_at_zero, Backend, AllBackends) {
  Filled<Backend> t;
  BOOST_CHECK_EQUAL(t.changed(R"({"n":{"__op":"Increment","amount":2}})", "2"), R"({"objectId":"2","s":"b","n":2})");
  BOOST_CHECK_EQUAL(t.changed(R"({"n":{"__op":"Increment","amount":0.5}})", "2"),
                    R"({"objectId":"2","s":"b","n":2.5})");
  BOOST_CHECK_EQUAL(t.changed(R"({"map.k":{"__op":"Increment","amount":4}})"),
                    R"({"objectId":"1","s":"a","n":1,"list":[1,2],"map":{"k":5,"deep":{"x":1,"y":2}}})");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(list_operations_keep_the_order, Backend, AllBackends) {
  Filled<Backend> t;
  const auto list = [&](const std::string& op) {
    return t.backend->update(t.schema, t.request("T", R"({"objectId":"1"})", R"({"list":)" + op + "}"))->at("list");
  };
  BOOST_CHECK_EQUAL(object::to_json(list(R"({"__op":"Add","objects":[2,3]})")), "[1,2,2,3]");
  BOOST_CHECK_EQUAL(object::to_json(list(R"({"__op":"AddUnique","objects":[3,4]})")), "[1,2,2,3,4]");
  BOOST_CHECK_EQUAL(object::to_json(list(R"({"__op":"Remove","objects":[2]})")), "[1,3,4]");
  BOOST_CHECK_EQUAL(t.changed(R"({"list":{"__op":"Add","objects":["x"]}})", "2"),
                    R"({"objectId":"2","s":"b","list":["x"]})");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(dotted_paths_change_one_member, Backend, AllBackends) {
  Filled<Backend> t;
  BOOST_CHECK_EQUAL(t.changed(R"({"map.deep.x":7,"map.newest":"v","n":{"__op":"Increment","amount":1}})"),
                    R"({"objectId":"1","s":"a","n":2,"list":[1,2],"map":{"k":1,"deep":{"x":7,"y":2},"newest":"v"}})");
  BOOST_CHECK_EQUAL(t.changed(R"({"map.deep":{"__op":"Delete"}})"),
                    R"({"objectId":"1","s":"a","n":2,"list":[1,2],"map":{"k":1,"newest":"v"}})");
  BOOST_CHECK_EQUAL(t.changed(R"({"map.a.b":1})", "2"), R"({"objectId":"2","s":"b","map":{"a":{"b":1}}})");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(an_operation_on_another_type_is_refused_and_changes_nothing, Backend, AllBackends) {
  Filled<Backend> t;
  const std::string before = t.get("T", "1");
  BOOST_CHECK_EXCEPTION(t.changed(R"({"n":9,"s":{"__op":"Add","objects":[1]}})"), Error,
                        has_code(ErrorCode::kIncorrectType));
  BOOST_CHECK_EQUAL(t.get("T", "1"), before);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(no_match_changes_nothing, Backend, AllBackends) {
  Filled<Backend> t;
  BOOST_CHECK_EQUAL(t.update("T", R"({"objectId":"9"})", R"({"n":1})"), "none");
  BOOST_CHECK_EQUAL(t.update("T", R"({"objectId":"1","n":{"$gt":5}})", R"({"map.k":1})"), "none");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(update_takes_the_first_match_and_update_many_all, Backend, AllBackends) {
  Filled<Backend> t;
  BOOST_CHECK_EQUAL(t.update("T", R"({"s":{"$exists":true}})", R"({"n":7})").substr(0, 16), R"({"objectId":"1",)");
  BOOST_CHECK_EQUAL(t.get("T", "2"), R"({"objectId":"2","s":"b"})");
  const auto all = t.request("T", "{}", R"({"n":{"__op":"Increment","amount":1}})");
  BOOST_CHECK_EQUAL(t.backend->update_many(t.schema, all), 2);
  const auto nested = t.request("T", "{}", R"({"map.all":true})");
  BOOST_CHECK_EQUAL(t.backend->update_many(t.schema, nested), 2);
  BOOST_CHECK_EQUAL(t.get("T", "2"), R"({"objectId":"2","s":"b","n":1,"map":{"all":true}})");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(places_and_acls_can_be_changed, Backend, AllBackends) {
  Filled<Backend> t;
  BOOST_CHECK_EQUAL(
      t.changed(R"({"place":{"__type":"GeoPoint","latitude":1,"longitude":2},"ACL":{"u":{"read":true}}})", "2"),
      R"({"objectId":"2","ACL":{"u":{"read":true}},"s":"b","place":{"__type":"GeoPoint","latitude":1,"longitude":2}})");
  BOOST_CHECK_EQUAL(t.changed(R"({"place":{"__op":"Delete"},"ACL":{"__op":"Delete"}})", "2"),
                    R"({"objectId":"2","s":"b"})");
}

BOOST_AUTO_TEST_SUITE_END()
