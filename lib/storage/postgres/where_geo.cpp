#include <algorithm>

#include "base/overloaded.h"
#include "query/geo.h"
#include "storage/postgres/postgres_where.h"
#include "storage/postgres/scalar_codec.h"

namespace parse::storage::postgres {
namespace {

using schema::FieldKind;

bool is_geo(const query::Constraint& constraint) {
  return std::visit(overloaded{
                        [](const query::Near&) { return true; },
                        [](const query::WithinBox&) { return true; },
                        [](const query::WithinPolygon&) { return true; },
                        [](const query::WithinSphere&) { return true; },
                        [](const query::GeoIntersects&) { return true; },
                        [](const auto&) { return false; },
                    },
                    constraint);
}

}  // namespace

bool PostgresWhere::append_geo(const Target& target, const query::Constraint& constraint) {
  const FieldKind kind = target.field->type.kind;
  if ((kind != FieldKind::kGeoPoint && kind != FieldKind::kPolygon) || !target.rest.empty()) {
    if (is_geo(constraint)) out().raw("FALSE");
    return is_geo(constraint);
  }
  return false;
}

void PostgresWhere::append_distance(const Target& target, const object::GeoPoint& center) {
  column(target).raw(" <-> ").bind(point_text(center)).raw("::point");
}

}  // namespace parse::storage::postgres
