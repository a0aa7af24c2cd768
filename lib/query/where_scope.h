#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "query/where_parser.h"

/// Shared by the files that read a `where`; not for use outside lib/query.
namespace parse::query {

/// Where in a `where` the reader is.
struct Scope {
  const WhereContext& context;
  std::string class_name;
  /// Logical operators around this place, and sub-queries.
  int depth = 0;
  int subquery_depth = 0;
  /// Inside $nor the reference does not know $relatedTo.
  bool in_nor = false;

  const schema::Field* find_field(std::string_view path) const;
};

/// The operators of one field, while they are read.
struct FieldScope {
  const Scope& scope;
  std::string path;
  /// Absent for dotted paths and fields the class does not have.
  const schema::Field* field = nullptr;
  const object::Object& operators;

  bool is(schema::FieldKind kind) const { return field != nullptr && field->type.kind == kind; }
};

/// What a field must satisfy: each of `all`, and one of `any` when there are some.
struct FieldConstraints {
  std::vector<Constraint> all;
  std::vector<Constraint> any;
};

/// Reads the constraints at one level. Throws as parse_where.
Where read_where(const object::Value& where, const Scope& scope);

/// Reads one field's operator map (every key starts with "$").
FieldConstraints read_constraints(const FieldScope& field);

/// `value` as the field compares it: strings for Date fields become Dates, for Pointer fields Pointers; polygons are
/// closed. Throws as closed_polygon.
object::Value read_operand(const object::Value& value, const schema::Field* field);

/// $nearSphere (with its distance companions), $within, $geoWithin, $geoIntersects.
Constraint read_near(const FieldScope& field, const object::Value& operand);
Constraint read_within(const object::Value& operand);
Constraint read_geo_within(const object::Value& operand);
Constraint read_geo_intersects(const object::Value& operand);

/// $inQuery and $notInQuery, $select and $dontSelect; `name` is the operator as written.
Constraint read_in_query(const FieldScope& field, std::string_view name, const object::Value& operand);
Constraint read_select(const FieldScope& field, std::string_view name, const object::Value& operand);

}  // namespace parse::query
