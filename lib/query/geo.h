#pragma once

#include <vector>

#include "object/value.h"

/// Distances and areas on the earth, for storages that have none of their own and for the matcher. Pure.
namespace parse::query {

/// The radii with which $maxDistanceInMiles and $maxDistanceInKilometers become radians. Source: parse-server
/// MongoTransform transformConstraint.
inline constexpr double kEarthRadiusMiles = 3959;
inline constexpr double kEarthRadiusKilometers = 6371;

/// Great-circle distance in radians (haversine on a sphere).
double radians_between(const object::GeoPoint& from, const object::GeoPoint& to);

/// Throws kInvalidJson (107) unless latitude is in [-90, 90] and longitude in [-180, 180]. Source: JS SDK
/// ParseGeoPoint._validate.
void validate_geo_point(const object::GeoPoint& point);

/// True when `point` is inside the loop or on its edge; the last point need not repeat the first. Flat geometry, as
/// $geoWithin with $polygon has it.
bool polygon_contains(const std::vector<object::GeoPoint>& loop, const object::GeoPoint& point);

/// True when `point` is inside the box or on its edge, whichever opposite corners are given.
bool box_contains(const object::GeoPoint& corner, const object::GeoPoint& opposite, const object::GeoPoint& point);

/// Smallest latitude and longitude range that holds everything within `radians` of a center: the first, cheap filter of
/// a distance search. `all_longitudes` when the cap reaches over a pole or the antimeridian.
struct GeoBounds {
  object::GeoPoint southwest;
  object::GeoPoint northeast;
  bool all_longitudes = false;
};
GeoBounds bounds_of_cap(const object::GeoPoint& center, double radians);

/// The polygon with its last point equal to its first. Throws kInvalidJson (107) for fewer than 3 points or a point out
/// of range, kInternal (1) for fewer than 3 different points. Source: PostgresStorageAdapter convertPolygonToSQL.
object::Polygon closed_polygon(object::Polygon polygon);

}  // namespace parse::query
