#include "query/geo.h"

#include <numbers>

#include "support.h"

using parse::ErrorCode;
using parse::object::GeoPoint;
using parse::object::Polygon;
using namespace parse::query;  // NOLINT

BOOST_AUTO_TEST_SUITE(geo)

BOOST_AUTO_TEST_CASE(distances_are_great_circles) {
  constexpr double kRight = std::numbers::pi / 2;
  BOOST_TEST(radians_between({0, 0}, {0, 0}) == 0);
  BOOST_TEST(radians_between({0, 0}, {90, 0}) == kRight, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(radians_between({0, 179}, {0, -179}) == 2 * std::numbers::pi / 180, boost::test_tools::tolerance(1e-9));
  BOOST_TEST(radians_between({90, 10}, {-90, 50}) == std::numbers::pi, boost::test_tools::tolerance(1e-12));
  // As ST_DistanceSphere of PostGIS has it, over its radius of 6371008.771415059 m.
  BOOST_TEST(radians_between({0, 0}, {1, 1}) == 157249.59776851 / 6371008.771415059,
             boost::test_tools::tolerance(1e-9));
}

BOOST_AUTO_TEST_CASE(points_out_of_range_are_refused) {
  BOOST_CHECK_NO_THROW(validate_geo_point({90, -180}));
  test::check_error(
      [] {
        validate_geo_point({90.5, 0});
      },
      ErrorCode::kInvalidJson, "GeoPoint latitude out of bounds: 90.5 > 90.0.");
  test::check_error(
      [] {
        validate_geo_point({0, -181});
      },
      ErrorCode::kInvalidJson, "GeoPoint longitude out of bounds: -181 < -180.0.");
}

BOOST_AUTO_TEST_CASE(polygon_holds_inside_and_edge_but_not_outside) {
  const std::vector<GeoPoint> square{{0, 0}, {0, 10}, {10, 10}, {10, 0}};
  BOOST_TEST(polygon_contains(square, {5, 5}));
  BOOST_TEST(polygon_contains(square, {0, 5}));
  BOOST_TEST(polygon_contains(square, {10, 10}));
  BOOST_TEST(!polygon_contains(square, {10.1, 5}));
  BOOST_TEST(!polygon_contains(square, {5, -0.1}));
}

BOOST_AUTO_TEST_CASE(hollow_of_a_concave_polygon_is_outside) {
  const std::vector<GeoPoint> u{{0, 0}, {0, 10}, {10, 10}, {10, 7}, {3, 7}, {3, 3}, {10, 3}, {10, 0}, {0, 0}};
  BOOST_TEST(!polygon_contains(u, {7, 5}));
  BOOST_TEST(polygon_contains(u, {7, 8}));
}

BOOST_AUTO_TEST_CASE(box_takes_any_two_opposite_corners) {
  BOOST_TEST(box_contains({0, 0}, {10, 10}, {5, 5}));
  BOOST_TEST(box_contains({10, 10}, {0, 0}, {5, 5}));
  BOOST_TEST(box_contains({0, 10}, {10, 0}, {10, 0}));
  BOOST_TEST(!box_contains({0, 0}, {10, 10}, {11, 5}));
}

BOOST_AUTO_TEST_CASE(bounds_of_a_cap_hold_its_rim) {
  const GeoBounds bounds = bounds_of_cap({60, 20}, 0.01);
  BOOST_TEST(!bounds.all_longitudes);
  const double degrees = 0.01 * 180 / std::numbers::pi;
  BOOST_TEST(bounds.northeast.latitude >= 60 + degrees);
  BOOST_TEST(bounds.southwest.longitude < 20 - 2 * degrees + 0.01);
  BOOST_TEST(bounds_of_cap({89.9, 0}, 0.01).all_longitudes);
  BOOST_TEST(bounds_of_cap({0, 179.9}, 0.01).all_longitudes);
  BOOST_TEST(bounds_of_cap({0, 0}, 4).all_longitudes);
}

BOOST_AUTO_TEST_CASE(open_polygon_is_closed) {
  const Polygon closed = closed_polygon({{{0, 0}, {0, 1}, {1, 1}}});
  BOOST_TEST(closed.points.size() == 4U);
  BOOST_TEST((closed.points.front() == closed.points.back()));
  BOOST_TEST((closed_polygon(closed) == closed));
}

BOOST_AUTO_TEST_CASE(polygon_without_area_is_refused) {
  test::check_error(
      [] {
        closed_polygon({{{0, 0}, {0, 1}}});
      },
      ErrorCode::kInvalidJson, "Polygon must have at least 3 values");
  test::check_error(
      [] {
        closed_polygon({{{0, 0}, {0, 1}, {0, 0}, {0, 1}}});
      },
      ErrorCode::kInternal, "GeoJSON: Loop must have at least 3 different vertices");
}

BOOST_AUTO_TEST_SUITE_END()
