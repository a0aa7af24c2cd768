#pragma once

#include <optional>
#include <string>
#include <vector>

#include "object/value.h"
#include "schema/class_schema.h"
#include "storage/sql/columns.h"

namespace parse::storage::sqlite {

/// The columns that hold `value` in a field of this type; nullptr or null empties them. Strings are borrowed from
/// `value`. A Relation has none. Throws kIncorrectType (111) when the value is of another type.
void encode_field(const schema::Field& field, const object::Value* value, std::vector<sql::ColumnValue>& out);

/// `value` as the single column of a scalar field holds it, for comparisons; nullopt when a field of this kind can
/// never equal it. Dates are also read from ISO text, pointers and files from a bare id or name.
std::optional<sql::SqlValue> encode_scalar(schema::FieldKind kind, const object::Value& value);

}  // namespace parse::storage::sqlite
