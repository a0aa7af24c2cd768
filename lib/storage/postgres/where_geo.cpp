#include <algorithm>

#include "base/overloaded.h"
#include "query/geo.h"
#include "storage/postgres/parameters.h"
#include "storage/postgres/postgres_where.h"
#include "storage/postgres/scalar_codec.h"

namespace parse::storage::postgres {
namespace {

using object::GeoPoint;
using object::Value;
using schema::FieldKind;

std::string box_text(const GeoPoint& corner, const GeoPoint& opposite) {
  return point_text(corner) + "," + point_text(opposite);
}

}  // namespace

bool PostgresWhere::append_geo(const Target& target, const query::Constraint& constraint) {
  const FieldKind kind = target.field->type.kind;
  if (kind == FieldKind::kGeoPoint && target.rest.empty()) {
    append_point(target, constraint);
  } else if (kind == FieldKind::kPolygon && target.rest.empty()) {
    append_polygon(target, constraint);
  } else if (is_geo(constraint)) {
    out().raw("FALSE");
  } else {
    return false;
  }
  return true;
}

void PostgresWhere::append_point(const Target& target, const query::Constraint& constraint) {
  const auto near = [&](const query::Near& c) {
    if (c.max_radians) append_cap(target, c.center, *c.max_radians);
    if (!c.max_radians) column(target).raw(" IS NOT NULL");
  };
  const auto within_polygon = [&](const query::WithinPolygon& c) {
    column(target).raw(" <@ ").bind(polygon_text({c.points})).raw("::polygon");
  };
  std::visit(overloaded{
                 [&](const query::Equal& c) { append_any_place(target, {c.value}); },
                 [&](const query::NotEqual& c) { append_no_place(target, {c.value}); },
                 [&](const query::In& c) { append_any_place(target, c.values); },
                 [&](const query::NotIn& c) { append_no_place(target, c.values); },
                 [&](const query::Exists& c) { column(target).raw(c.exists ? " IS NOT NULL" : " IS NULL"); },
                 near,
                 [&](const query::WithinSphere& c) { append_cap(target, c.center, c.radians); },
                 [&](const query::WithinBox& c) {
                   column(target).raw(" <@ ").bind(box_text(c.southwest, c.northeast)).raw("::box");
                 },
                 within_polygon,
                 [&](const auto&) { out().raw("FALSE"); },
             },
             constraint);
}

void PostgresWhere::append_polygon(const Target& target, const query::Constraint& constraint) {
  std::visit(
      overloaded{
          [&](const query::Equal& c) { append_any_place(target, {c.value}); },
          [&](const query::NotEqual& c) { append_no_place(target, {c.value}); },
          [&](const query::In& c) { append_any_place(target, c.values); },
          [&](const query::NotIn& c) { append_no_place(target, c.values); },
          [&](const query::Exists& c) { column(target).raw(c.exists ? " IS NOT NULL" : " IS NULL"); },
          [&](const query::GeoIntersects& c) { column(target).raw(" @> ").bind(point_text(c.point)).raw("::point"); },
          [&](const auto&) { out().raw("FALSE"); },
      },
      constraint);
}

/// `~=` is what an index answers, but takes points for the same that are 0.000001 degrees apart.
void PostgresWhere::append_any_place(const Target& target, const object::Array& values) {
  const FieldKind kind = target.field->type.kind;
  std::vector<std::string> places;
  for (const Value& value : values) {
    if (auto place = encode_scalar(kind, value)) places.push_back(std::get<std::string>(std::move(*place)));
  }
  const bool has_null = std::any_of(values.begin(), values.end(), [](const Value& value) { return value.is_null(); });
  const std::string list = array_literal(places);
  out().raw("(");
  column(target).raw(" ~= ANY(").bind(list).raw(kind == FieldKind::kGeoPoint ? "::point[])" : "::polygon[])");
  out().raw(" AND ");
  column(target).raw("::text IN (SELECT place::text FROM unnest(").bind(list);
  out().raw(kind == FieldKind::kGeoPoint ? "::point[]) AS place)" : "::polygon[]) AS place)");
  if (has_null) out().raw(" OR ");
  if (has_null) column(target).raw(" IS NULL");
  out().raw(")");
}

void PostgresWhere::append_no_place(const Target& target, const object::Array& values) {
  append_any_place(target, values);
  out().raw(" IS NOT TRUE");
}

void PostgresWhere::append_cap(const Target& target, const GeoPoint& center, double radians) {
  const query::GeoBounds bounds = query::bounds_of_cap(center, radians);
  out().raw("(");
  column(target).raw(" <@ ").bind(box_text(bounds.southwest, bounds.northeast)).raw("::box");
  out().raw(" AND 2 * asin(sqrt(least(1.0, ");
  append_haversine(target, center);
  out().raw("))) <= ").bind(radians).raw(")");
}

void PostgresWhere::append_distance(const Target& target, const GeoPoint& center) { append_haversine(target, center); }

/// The square of the sine of half the distance, in the very steps of query::radians_between; grows with the distance.
void PostgresWhere::append_haversine(const Target& target, const GeoPoint& center) {
  const auto half_sine = [&](std::string_view coordinate, double from) {
    out().raw("power(sin((");
    column(target).raw(coordinate).raw(" - ").bind(from).raw(") * pi() / 180 / 2), 2)");
  };
  out().raw("(");
  half_sine("[1]", center.latitude);
  out().raw(" + cos(");
  column(target).raw("[1] * pi() / 180) * cos(").bind(center.latitude).raw(" * pi() / 180) * ");
  half_sine("[0]", center.longitude);
  out().raw(")");
}

}  // namespace parse::storage::postgres
