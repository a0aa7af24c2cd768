#pragma once

#include <optional>

#include "object/json.h"
#include "object/value.h"
#include "schema/class_schema.h"
#include "storage/sql/sql_text.h"

namespace parse::storage::sql {

/// `value` as the column of a String, Number, Pointer (its objectId) or File (its name) field holds it; nullopt when
/// such a field can never equal it, and for all other kinds. Pointers and files are also read from a bare id or name.
/// Texts are borrowed from `value`.
std::optional<SqlValue> encode_plain(schema::FieldKind kind, const object::Value& value);
/// The moment that a Date field is compared with: a Date or ISO text.
std::optional<Milliseconds> encode_moment(const object::Value& value);

/// `value` as JSON; nullopt when it is no T.
template <typename T>
std::optional<SqlValue> encode_json(const object::Value& value) {
  if (!value.is<T>()) return std::nullopt;
  return object::to_json(value);
}

}  // namespace parse::storage::sql
