#include "tests/storage/conformance/fixture.h"

using namespace parse;
using namespace parse::storage::conformance;

BOOST_AUTO_TEST_SUITE(conformance_order)

namespace {

template <typename Backend>
struct Filled : Store<Backend> {
  Filled() {
    this->make_class(class_of(
        "T", {field("s", FieldKind::kString), field("n", FieldKind::kNumber), field("map", FieldKind::kObject)}));
    this->create("T", "1", R"({"s":"b","n":2,"map":{"k":1}})");
    this->create("T", "2", R"({"s":"B","n":1,"map":{"k":3}})");
    this->create("T", "3", R"({"n":2,"map":{"k":2}})");
    this->create("T", "4", R"({"s":"a","n":10})");
  }
  std::string sorted(std::vector<query::OrderTerm> order) {
    query::Find find = this->find_of("T");
    find.order = std::move(order);
    return this->ids(find);
  }
};

}  // namespace

BOOST_AUTO_TEST_CASE_TEMPLATE(missing_values_come_last_ascending_and_first_descending, Backend, AllBackends) {
  Filled<Backend> t;
  BOOST_CHECK_EQUAL(t.sorted({{"s"}}), "2 4 1 3");
  BOOST_CHECK_EQUAL(t.sorted({{"s", true}}), "3 1 4 2");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(later_terms_break_ties_and_unknown_ones_do_nothing, Backend, AllBackends) {
  Filled<Backend> t;
  BOOST_CHECK_EQUAL(t.sorted({{"n"}, {"objectId", true}}), "2 3 1 4");
  BOOST_CHECK_EQUAL(t.sorted({{"unknown"}, {"createdAt", true}}), "4 3 2 1");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(dotted_paths_sort_too, Backend, AllBackends) {
  Filled<Backend> t;
  BOOST_CHECK_EQUAL(t.sorted({{"map.k"}}), "1 3 2 4");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(places_lists_and_objects_sort_without_an_error, Backend, AllBackends) {
  Store<Backend> t;
  t.make_class(class_of("P", {field("at", FieldKind::kGeoPoint), field("area", FieldKind::kPolygon),
                              field("list", FieldKind::kArray), field("map", FieldKind::kObject)}));
  t.create("P", "1", R"({"at":{"__type":"GeoPoint","latitude":10,"longitude":1}})");
  t.create("P", "2", R"({"at":{"__type":"GeoPoint","latitude":-10,"longitude":2}})");
  query::Find find = t.find_of("P");
  find.order = {{"area"}, {"list"}, {"map"}, {"list.0.k"}, {"at"}};
  BOOST_CHECK_EQUAL(t.ids(find), "2 1");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(skip_and_limit_cut_a_page, Backend, AllBackends) {
  Filled<Backend> t;
  query::Find find = t.find_of("T");
  find.order = {{"createdAt"}};
  find.skip = 1;
  find.limit = 2;
  BOOST_CHECK_EQUAL(t.ids(find), "2 3");
  find.limit = 0;
  BOOST_CHECK_EQUAL(t.ids(find), "");
  find.limit.reset();
  BOOST_CHECK_EQUAL(t.ids(find), "2 3 4");
  find.skip = 10;
  BOOST_CHECK_EQUAL(t.ids(find), "");
}

BOOST_AUTO_TEST_SUITE_END()
