#include <algorithm>

#include "base/overloaded.h"
#include "object/json.h"
#include "query/geo.h"
#include "storage/sqlite/columns.h"
#include "storage/sqlite/sqlite_where.h"

namespace parse::storage::sqlite {

using schema::FieldKind;

/// False when the field is no place and the constraint asks for none.
bool SqliteWhere::append_geo(const Target& target, const query::Constraint& constraint) {
  const FieldKind kind = target.field->type.kind;
  if (kind == FieldKind::kGeoPoint && target.rest.empty()) {
    append_geo_point(target, constraint);
    return true;
  }
  if (!is_geo(constraint)) return false;
  const auto* intersects = std::get_if<query::GeoIntersects>(&constraint);
  if (kind == FieldKind::kPolygon && intersects != nullptr) {
    out().raw("geo_in_polygon(").bind(intersects->point.latitude).raw(",").bind(intersects->point.longitude).raw(",");
    column(target).raw(")");
  } else {
    out().raw("FALSE");
  }
  return true;
}

void SqliteWhere::append_geo_point(const Target& target, const query::Constraint& constraint) {
  const auto equal = [&](const object::Value& value) {
    const auto* point = value.get_if<object::GeoPoint>();
    if (point == nullptr) {
      out().raw(value.is_null() ? "" : "FALSE AND ");
      column(target).raw(" IS NULL");
      return;
    }
    column(target).raw(" IS ").bind(point->latitude).raw(" AND ");
    out().column(target.alias, longitude_column(target.field->name)).raw(" IS ").bind(point->longitude);
  };
  const auto any_of = [&](const object::Array& values) {
    out().raw("(FALSE");
    for (const object::Value& value : values) {
      out().raw(" OR (");
      equal(value);
      out().raw(")");
    }
    out().raw(")");
  };
  const auto near = [&](const query::Near& c) {
    if (c.max_radians) {
      append_cap(target, c.center, *c.max_radians);
    } else {
      column(target).raw(" IS NOT NULL");
    }
  };
  std::visit(overloaded{
                 [&](const query::Equal& c) { any_of({c.value}); },
                 [&](const query::NotEqual& c) {
                   out().raw("NOT ");
                   any_of({c.value});
                 },
                 [&](const query::In& c) { any_of(c.values); },
                 [&](const query::NotIn& c) {
                   out().raw("NOT ");
                   any_of(c.values);
                 },
                 [&](const query::Exists& c) { column(target).raw(c.exists ? " IS NOT NULL" : " IS NULL"); },
                 near,
                 [&](const query::WithinBox& c) { append_box(target, c.southwest, c.northeast); },
                 [&](const query::WithinPolygon& c) { append_polygon(target, c.points); },
                 [&](const query::WithinSphere& c) { append_cap(target, c.center, c.radians); },
                 [&](const auto&) { out().raw("FALSE"); },
             },
             constraint);
}

void SqliteWhere::append_cap(const Target& target, const object::GeoPoint& center, double radians) {
  const query::GeoBounds bounds = query::bounds_of_cap(center, radians);
  const std::string longitude = longitude_column(target.field->name);
  out().raw("(");
  column(target).raw(" BETWEEN ").bind(bounds.southwest.latitude).raw(" AND ").bind(bounds.northeast.latitude);
  if (!bounds.all_longitudes) {
    out().raw(" AND ").column(target.alias, longitude).raw(" BETWEEN ").bind(bounds.southwest.longitude);
    out().raw(" AND ").bind(bounds.northeast.longitude);
  }
  out().raw(" AND geo_distance(");
  column(target).raw(",").column(target.alias, longitude).raw(",").bind(center.latitude).raw(",");
  out().bind(center.longitude).raw(") <= ").bind(radians).raw(")");
}

void SqliteWhere::append_box(const Target& target, const object::GeoPoint& corner, const object::GeoPoint& opposite) {
  const auto [south, north] = std::minmax(corner.latitude, opposite.latitude);
  const auto [west, east] = std::minmax(corner.longitude, opposite.longitude);
  out().raw("(");
  column(target).raw(" BETWEEN ").bind(south).raw(" AND ").bind(north).raw(" AND ");
  out().column(target.alias, longitude_column(target.field->name)).raw(" BETWEEN ").bind(west).raw(" AND ").bind(east);
  out().raw(")");
}

void SqliteWhere::append_polygon(const Target& target, const std::vector<object::GeoPoint>& points) {
  if (points.empty()) {
    out().raw("FALSE");
    return;
  }
  object::GeoPoint low = points.front();
  object::GeoPoint high = points.front();
  for (const object::GeoPoint& point : points) {
    low = {std::min(low.latitude, point.latitude), std::min(low.longitude, point.longitude)};
    high = {std::max(high.latitude, point.latitude), std::max(high.longitude, point.longitude)};
  }
  out().raw("(");
  append_box(target, low, high);
  out().raw(" AND geo_in_polygon(");
  column(target).raw(",").column(target.alias, longitude_column(target.field->name)).raw(",");
  out().bind(object::to_json(object::Polygon{points})).raw("))");
}

}  // namespace parse::storage::sqlite
