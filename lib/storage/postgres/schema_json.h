#pragma once

#include <string>
#include <string_view>

#include "object/value.h"
#include "schema/class_schema.h"

/// The `schema` column of "_SCHEMA", exactly as the Node server keeps it:
/// `{"className", "fields": {"f": {"type", "targetClass"?, "required"?, "defaultValue"?, "contents"?}},
///   "classLevelPermissions"?, "indexes"?: {"_id_": {"_id": 1}, "name": {"field": 1}}}`
/// where ACL appears as `_rperm` and `_wperm`, `{"type":"Array","contents":{"type":"String"}}`, and the password as
/// `_hashed_password`. Besides, `fieldOrder` lists the fields of a class with relations, as jsonb keeps no order and a
/// relation has no column to take it from; the Node server takes no notice of it.
/// Source: parse-server SchemaController convertSchemaToAdapterSchema, PostgresStorageAdapter toParseSchema.
namespace parse::storage::postgres {

/// What one row says. Fields come in no particular order and without ACL; fields of a type that nobody knows, and
/// whatever else is malformed, are left out, as rows of all ages must load.
struct StoredClass {
  schema::ClassSchema class_schema;
  /// `fieldOrder`; names may be out of date.
  std::vector<std::string> field_order;
};

/// Throws kInternal (1) when the text is no JSON. A null is an empty class.
StoredClass read_class_json(std::string name, std::string_view json);

/// `row` after the change from `stored` to `merged`. What this program does not know about stays as it is.
object::Object edit_class_json(object::Object row, const schema::ClassSchema& stored,
                               const schema::ClassSchema& merged);

}  // namespace parse::storage::postgres
