#include "query/geo.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/error.h"
#include "object/number_text.h"

namespace parse::query {
namespace {

using object::GeoPoint;

double to_radians(double degrees) { return degrees * std::numbers::pi / 180; }
double to_degrees(double radians) { return radians * 180 / std::numbers::pi; }

std::string text(double number) {
  std::string out;
  object::append_number(out, number);
  return out;
}

void check_range(std::string_view name, double value, int limit) {
  if (!std::isfinite(value))
    throw Error(ErrorCode::kInvalidJson, "GeoPoint latitude and longitude must be valid numbers");
  if (std::abs(value) <= limit) return;
  const std::string_view relation = value < 0 ? "< -" : "> ";
  throw Error(ErrorCode::kInvalidJson,
              fmt::format("GeoPoint {} out of bounds: {} {}{}.0.", name, text(value), relation, limit));
}

/// Twice the signed area of the triangle; zero when the three points are on one line.
double cross(const GeoPoint& a, const GeoPoint& b, const GeoPoint& c) {
  return (b.longitude - a.longitude) * (c.latitude - a.latitude) -
         (b.latitude - a.latitude) * (c.longitude - a.longitude);
}

bool on_segment(const GeoPoint& a, const GeoPoint& b, const GeoPoint& point) {
  return cross(a, b, point) == 0 && box_contains(a, b, point);
}

/// True when a ray from `point` towards growing longitude crosses the edge a-b.
bool ray_crosses(const GeoPoint& a, const GeoPoint& b, const GeoPoint& point) {
  if ((a.latitude > point.latitude) == (b.latitude > point.latitude)) return false;
  const double share = (point.latitude - a.latitude) / (b.latitude - a.latitude);
  return point.longitude < a.longitude + share * (b.longitude - a.longitude);
}

}  // namespace

double radians_between(const GeoPoint& from, const GeoPoint& to) {
  const double half_latitude = std::sin(to_radians(to.latitude - from.latitude) / 2);
  const double half_longitude = std::sin(to_radians(to.longitude - from.longitude) / 2);
  const double a = half_latitude * half_latitude + std::cos(to_radians(from.latitude)) *
                                                       std::cos(to_radians(to.latitude)) * half_longitude *
                                                       half_longitude;
  return 2 * std::asin(std::sqrt(std::min(1.0, a)));
}

void validate_geo_point(const GeoPoint& point) {
  check_range("latitude", point.latitude, 90);
  check_range("longitude", point.longitude, 180);
}

bool polygon_contains(const std::vector<GeoPoint>& loop, const GeoPoint& point) {
  bool inside = false;
  for (std::size_t i = 0; i < loop.size(); ++i) {
    const GeoPoint& a = loop[i];
    const GeoPoint& b = loop[i + 1 == loop.size() ? 0 : i + 1];
    if (on_segment(a, b, point)) return true;
    if (ray_crosses(a, b, point)) inside = !inside;
  }
  return inside;
}

bool box_contains(const GeoPoint& corner, const GeoPoint& opposite, const GeoPoint& point) {
  const auto [south, north] = std::minmax(corner.latitude, opposite.latitude);
  const auto [west, east] = std::minmax(corner.longitude, opposite.longitude);
  return point.latitude >= south && point.latitude <= north && point.longitude >= west && point.longitude <= east;
}

GeoBounds bounds_of_cap(const GeoPoint& center, double radians) {
  // A hair wider than exact, so that rounding never drops a point on the rim.
  const double reach = to_degrees(radians) + 1e-9;
  GeoBounds bounds{{center.latitude - reach, -180}, {center.latitude + reach, 180}, true};
  if (bounds.southwest.latitude <= -90 || bounds.northeast.latitude >= 90) {
    bounds.southwest.latitude = std::max(-90.0, bounds.southwest.latitude);
    bounds.northeast.latitude = std::min(90.0, bounds.northeast.latitude);
    return bounds;
  }
  const double sine = std::sin(to_radians(reach)) / std::cos(to_radians(center.latitude));
  const double width = to_degrees(std::asin(std::min(1.0, sine))) + 1e-9;
  if (center.longitude - width < -180 || center.longitude + width > 180) return bounds;
  bounds.southwest.longitude = center.longitude - width;
  bounds.northeast.longitude = center.longitude + width;
  bounds.all_longitudes = false;
  return bounds;
}

object::Polygon closed_polygon(object::Polygon polygon) {
  auto& points = polygon.points;
  if (points.size() < 3) throw Error(ErrorCode::kInvalidJson, "Polygon must have at least 3 values");
  for (const GeoPoint& point : points) validate_geo_point(point);
  if (points.front() != points.back()) points.push_back(points.front());
  std::vector<GeoPoint> distinct = points;
  const auto less = [](const GeoPoint& a, const GeoPoint& b) {
    return std::pair(a.latitude, a.longitude) < std::pair(b.latitude, b.longitude);
  };
  std::sort(distinct.begin(), distinct.end(), less);
  if (std::unique(distinct.begin(), distinct.end()) - distinct.begin() < 3)
    throw Error(ErrorCode::kInternal, "GeoJSON: Loop must have at least 3 different vertices");
  return polygon;
}

}  // namespace parse::query
