#pragma once

#include <string>
#include <string_view>

#include "object/value.h"
#include "schema/class_schema.h"

/// Classes as JSON, in the form of the schema API.
namespace parse::schema {

/// One class as GET /schemas shows it: `{"className", "fields", "classLevelPermissions", "indexes"?}`. Internal columns
/// and the server's own indexes are hidden; permissions that were never set show as open to all, and operations missing
/// in those that were set show as closed. Source: parse-server SchemaController and PostgresStorageAdapter
/// toParseSchema.
object::Object describe(const ClassSchema& class_schema);

/// `{"type":"Pointer","targetClass":"C","required":true,"defaultValue":…}`
object::Object write_field(const Field& field);
/// The member of an index definition that is no field: no field name begins with `_`.
inline constexpr std::string_view kIndexOptionsKey = "_options";
/// `{"field":1,"other":-1,"_options":{"unique":true,"where":{…}}}`; `_options` only when there are some.
object::Object write_index(const Index& index);
/// Reads what write_index wrote, or a client sent. Errors: kInvalidQuery (102) for directions other than 1, -1, "text",
/// "2d" and "2dsphere", unknown options, no field at all.
Index read_index(const std::string& name, const object::Value& json);

}  // namespace parse::schema
