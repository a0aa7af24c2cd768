// The operands of the geo operators, with the reference's messages.
#include <array>
#include <cmath>

#include "base/error.h"
#include "query/geo.h"
#include "query/where_scope.h"

namespace parse::query {
namespace {

using object::Array;
using object::GeoPoint;
using object::Object;
using object::Value;

[[noreturn]] void fail(const char* message) { throw Error(ErrorCode::kInvalidJson, message); }

const Value* member(const Value& operand, std::string_view key) {
  const Object* map = operand.get_if<Object>();
  return map ? map->find(key) : nullptr;
}

struct DistanceUnit {
  std::string_view name;
  double per_radian;
};
constexpr std::array<DistanceUnit, 4> kDistanceUnits{{
    {"$maxDistance", 1},
    {"$maxDistanceInRadians", 1},
    {"$maxDistanceInMiles", kEarthRadiusMiles},
    {"$maxDistanceInKilometers", kEarthRadiusKilometers},
}};

/// A checked GeoPoint, or `[longitude, latitude]`.
GeoPoint read_point(const Value& value, const char* message) {
  GeoPoint point;
  if (const GeoPoint* typed = value.get_if<GeoPoint>()) {
    point = *typed;
  } else {
    const Array* pair = value.get_if<Array>();
    if (pair == nullptr || pair->size() != 2) fail(message);
    if (!pair->front().is_number() || !pair->back().is_number())
      fail("GeoPoint latitude and longitude must be valid numbers");
    point = {pair->back().number(), pair->front().number()};
  }
  validate_geo_point(point);
  return point;
}

WithinPolygon read_polygon(const Value& value) {
  WithinPolygon area;
  if (const auto* polygon = value.get_if<object::Polygon>()) {
    if (polygon->points.size() < 3)
      fail("bad $geoWithin value; Polygon.coordinates should contain at least 3 lon/lat pairs");
    // Here, and only here, the reference reads a Polygon's pairs as longitude, latitude.
    for (const GeoPoint& pair : polygon->points) area.points.push_back({pair.longitude, pair.latitude});
    for (const GeoPoint& point : area.points) validate_geo_point(point);
    return area;
  }
  const Array* points = value.get_if<Array>();
  if (points == nullptr) fail("bad $geoWithin value; $polygon should be Polygon object or Array of Parse.GeoPoint's");
  if (points->size() < 3) fail("bad $geoWithin value; $polygon should contain at least 3 GeoPoints");
  for (const Value& point : *points) area.points.push_back(read_point(point, "bad $geoWithin value"));
  return area;
}

WithinSphere read_sphere(const Value& value) {
  const Array* parts = value.get_if<Array>();
  if (parts == nullptr || parts->size() < 2)
    fail("bad $geoWithin value; $centerSphere should be an array of Parse.GeoPoint and distance");
  const GeoPoint center = read_point(parts->front(), "bad $geoWithin value; $centerSphere geo point invalid");
  const Value& distance = (*parts)[1];
  if (!distance.is_number() || !(distance.number() >= 0)) fail("bad $geoWithin value; $centerSphere distance invalid");
  return {center, distance.number()};
}

}  // namespace

Constraint read_near(const FieldScope& field, const Value& operand) {
  if (!operand.is<GeoPoint>()) fail("bad $nearSphere value; should be GeoPoint");
  Near near{read_point(operand, ""), {}};
  for (const DistanceUnit& unit : kDistanceUnits) {
    const Value* distance = field.operators.find(unit.name);
    if (distance == nullptr) continue;
    if (!distance->is_number() || !(distance->number() >= 0))
      throw Error(ErrorCode::kInvalidJson, "bad " + std::string(unit.name) + " value");
    near.max_radians = distance->number() / unit.per_radian;
  }
  return near;
}

Constraint read_within(const Value& operand) {
  const Value* box = member(operand, "$box");
  const Array* corners = box ? box->get_if<Array>() : nullptr;
  if (corners == nullptr || corners->size() != 2 || !corners->front().is<GeoPoint>() || !corners->back().is<GeoPoint>())
    fail("malformatted $within arg");
  return WithinBox{read_point(corners->front(), ""), read_point(corners->back(), "")};
}

Constraint read_geo_within(const Value& operand) {
  if (const Value* polygon = member(operand, "$polygon")) return read_polygon(*polygon);
  if (const Value* sphere = member(operand, "$centerSphere")) return read_sphere(*sphere);
  fail("bad $geoWithin value");
}

Constraint read_geo_intersects(const Value& operand) {
  const Value* point = member(operand, "$point");
  if (point == nullptr || !point->is<GeoPoint>()) fail("bad $geoIntersect value; $point should be GeoPoint");
  return GeoIntersects{read_point(*point, "")};
}

}  // namespace parse::query
