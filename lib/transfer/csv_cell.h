#pragma once

#include <string>
#include <string_view>

#include "object/value.h"
#include "schema/class_schema.h"

/// Values as cells of CSV, by the type of their column.
namespace parse::transfer {

/// "score:Number", "owner:Pointer<_User>"; createdAt, updatedAt, objectId and ACL go without a type.
std::string header_of(const schema::Field& field);
/// Reads such a header. One without a type has that of the field in `known` (which may be nullptr), else String. Throws
/// kIncorrectType (111) for a type that does not exist.
schema::Field read_header(std::string_view header, const schema::ClassSchema* known);

/// A text as it is, a date in ISO form, a pointer's id, a GeoPoint as "latitude,longitude", Bytes in base64, everything
/// else as JSON.
std::string cell_of(const object::Value& value);
/// Reads what cell_of wrote. Throws kIncorrectType (111) that names the column for a text that is no such value.
object::Value read_cell(const schema::Field& column, const std::string& text);

/// The text as it stands in the file: in quotes where it needs them; a text that is empty stands in quotes, so that it
/// differs from no value at all.
std::string quoted_cell(const std::string& text);

}  // namespace parse::transfer
