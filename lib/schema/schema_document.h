#pragma once

#include <string>

#include "object/value.h"

/// Schemas as files for version control: one document for all classes, the same in TOML and JSON.
namespace parse::schema {

/// What a file says: definitions `{"className","fields","indexes","classLevelPermissions"?}`, as the schema API and the
/// option `schema` have them, without the fields and indexes that the server makes itself. Name order.
struct SchemaDocument {
  object::Array definitions;
  /// Classes that are not named are none of its business.
  bool is_partial = false;
};

/// A class in the form of the schema API, reduced to what its owner decides: the server's own fields and indexes are
/// left out, members are sorted by name.
object::Object own_definition(const object::Object& definition);
/// Of the `fields` of a class, those that the server does not make itself.
object::Object own_fields(const std::string& class_name, const object::Object& fields);
/// Of the `indexes` of a class, those that the server does not make itself.
object::Object own_indexes(const std::string& class_name, const object::Object& indexes);

/// `{"partial"?: true, "classes": {"Game": {"fields": {"title": "String", "owner": "Pointer<_User>", "score":
/// {"type": "Number", "required": true, "default": 0}}, "indexes": {"best": ["-score", "place:2dsphere"], "slug":
/// {"keys": ["slug"], "unique": true, "where": {…}}}, "permissions": {…}}}}`, with permissions as
/// permissions_document has them.
object::Object write_document(const SchemaDocument& document);
/// Reads what write_document wrote, or the answer of GET /schemas. Throws kInvalidJson (107) with the place in the
/// document ("classes.Game.fields.score") and what is wrong there.
SchemaDocument read_document(const object::Value& document);

}  // namespace parse::schema
