#pragma once

#include <optional>
#include <string>

#include "object/value.h"
#include "schema/class_schema.h"
#include "storage/sql/sql_text.h"

namespace parse::storage::postgres {

/// `value` as the column of a field of this kind takes it: a text that PostgreSQL reads by the column's type, or a
/// number. nullopt when a field of this kind can never equal it, and for Relation and ACL, which have no such column.
/// Dates are also read from ISO text, pointers and files from a bare id or name. Texts may be borrowed from `value`.
/// Source of the forms: parse-server PostgresStorageAdapter (points and polygons are longitude first).
std::optional<sql::SqlValue> encode_scalar(schema::FieldKind kind, const object::Value& value);

/// "2016-03-11T23:51:48.050Z", also beyond the years of four digits, where PostgreSQL's form is not ECMAScript's:
/// "12016-03-…", "0001-03-… BC" (the year 0).
std::string timestamp_text(Milliseconds time);
/// "(longitude,latitude)"
std::string point_text(const object::GeoPoint& point);
/// "((longitude,latitude),…)"
std::string polygon_text(const object::Polygon& polygon);

}  // namespace parse::storage::postgres
