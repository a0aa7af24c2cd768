#include "tests/storage/conformance/fixture.h"

using namespace parse;
using namespace parse::storage::conformance;

BOOST_AUTO_TEST_SUITE(conformance_geo)

namespace {

template <typename Backend>
struct Places : Store<Backend> {
  Places() {
    this->make_class(class_of("Place", {field("at", FieldKind::kGeoPoint), field("area", FieldKind::kPolygon)}));
    put("rome", 41.9, 12.5);
    put("paris", 48.85, 2.35);
    put("berlin", 52.5, 13.4);
    put("fiji", -17.7, 179.9);
    this->create("Place", "nowhere",
                 R"({"area":{"__type":"Polygon","coordinates":[[0,0],[0,10],[10,10],[10,0],[0,0]]}})");
  }
  void put(const std::string& id, double latitude, double longitude) {
    this->create("Place", id, object::to_json(Object{{"at", object::GeoPoint{latitude, longitude}}}));
  }
  std::string found(query::Constraint constraint, const std::string& path = "at") {
    query::Find find = this->find_of("Place");
    find.where.conditions.push_back(query::FieldCondition{path, std::move(constraint)});
    return this->ids(find);
  }
};

constexpr object::GeoPoint kVienna{48.2, 16.4};

}  // namespace

BOOST_AUTO_TEST_CASE_TEMPLATE(near_sorts_by_distance_and_has_no_limit_of_its_own, Backend, AllBackends) {
  Places<Backend> places;
  BOOST_CHECK_EQUAL(places.found(query::Near{kVienna, {}}), "berlin rome paris fiji");
  BOOST_CHECK_EQUAL(places.found(query::Near{kVienna, 1000 / 6371.0}), "berlin rome");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(distances_cross_the_date_line, Backend, AllBackends) {
  Places<Backend> places;
  BOOST_CHECK_EQUAL(places.found(query::WithinSphere{{-17.7, -179.9}, 100 / 6371.0}), "fiji");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(boxes_polygons_and_spheres_hold_points, Backend, AllBackends) {
  Places<Backend> places;
  BOOST_CHECK_EQUAL(places.found(query::WithinBox{{40, 0}, {50, 15}}), "rome paris");
  BOOST_CHECK_EQUAL(places.found(query::WithinBox{{50, 15}, {40, 0}}), "rome paris");
  BOOST_CHECK_EQUAL(places.found(query::WithinSphere{kVienna, 600 / 6371.0}), "berlin");
  BOOST_CHECK_EQUAL(places.found(query::WithinPolygon{{{40, 10}, {60, 10}, {60, 20}}}), "berlin");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_polygon_field_is_found_by_a_point_inside, Backend, AllBackends) {
  Places<Backend> places;
  BOOST_CHECK_EQUAL(places.found(query::GeoIntersects{{5, 5}}, "area"), "nowhere");
  BOOST_CHECK_EQUAL(places.found(query::GeoIntersects{{15, 5}}, "area"), "");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(places_compare_for_equality_and_presence, Backend, AllBackends) {
  Places<Backend> places;
  BOOST_CHECK_EQUAL(places.found(query::Equal{object::GeoPoint{41.9, 12.5}}), "rome");
  BOOST_CHECK_EQUAL(places.found(query::NotEqual{object::GeoPoint{41.9, 12.5}}), "paris berlin fiji nowhere");
  BOOST_CHECK_EQUAL(places.found(query::Exists{false}), "nowhere");
  BOOST_CHECK_EQUAL(places.found(query::Equal{nullptr}), "nowhere");
  BOOST_CHECK_EQUAL(places.found(query::In{{object::GeoPoint{41.9, 12.5}, object::GeoPoint{52.5, 13.4}}}),
                    "rome berlin");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(near_counts_what_it_finds, Backend, AllBackends) {
  Places<Backend> places;
  query::Where where;
  where.conditions.push_back(query::FieldCondition{"at", query::Near{kVienna, 1000 / 6371.0}});
  BOOST_CHECK_EQUAL(places.backend->count(places.schema, "Place", where), 2);
}

BOOST_AUTO_TEST_SUITE_END()
