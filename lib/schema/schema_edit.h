#pragma once

#include <string>

#include "object/value.h"
#include "schema/class_schema.h"

/// The schema API's POST and PUT bodies, turned into the class they ask for.
namespace parse::schema {

/// How the server is set up, as far as it decides whether an edit is right.
struct EditRules {
  /// Users may have ids of any text, so permissions may name them.
  bool custom_ids = false;
};

/// The class that `body` (`{"fields", "classLevelPermissions", "indexes"}`, all optional) describes. The name must be
/// free. Errors: kInvalidClassName (103), also of a target class; kInvalidKeyName (105) for a bad field name;
/// kImmutableField (136) for a field that the class has anyway; kIncorrectType (111) for an unknown type, a default
/// value of another type, a second GeoPoint; kMissingRequiredField (135) for a pointer without a class; kInvalidJson
/// (107) for a malformed definition or permission; kInvalidQuery (102) for a bad index.
/// Source: parse-server SchemaController addClassIfNotExists, validateSchemaData.
ClassSchema new_class(const std::string& class_name, const object::Object& body, const EditRules& rules);

/// `before` as `body` changes it: fields are added, given other options, or deleted by `{"__op":"Delete"}` together
/// with the indexes that need them; permissions are replaced as a whole, and taken away by null; indexes are added or
/// deleted. Errors: as new_class; kInvalidSchemaOperation (255) for a field that exists with another type, or does not
/// exist and is to be deleted; kImmutableField (136) for deleting a default field.
/// Source: parse-server SchemaController updateClass.
ClassSchema edited_class(const ClassSchema& before, const object::Object& body, const EditRules& rules);

}  // namespace parse::schema
