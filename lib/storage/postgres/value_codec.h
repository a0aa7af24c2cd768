#pragma once

#include <vector>

#include "object/value.h"
#include "schema/class_schema.h"
#include "storage/sql/columns.h"

namespace parse::storage::postgres {

/// The columns that hold `value` in a field of this type; nullptr or null empties them. Strings are borrowed from
/// `value`. A Relation has none. Throws kIncorrectType (111) when the value is of another type.
void encode_field(const schema::Field& field, const object::Value* value, std::vector<sql::ColumnValue>& out);

}  // namespace parse::storage::postgres
