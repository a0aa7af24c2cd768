#pragma once

#include <string>

#include "object/value.h"
#include "schema/class_schema.h"

namespace parse::schema {

/// Reads `{"type","targetClass"?,"required"?,"defaultValue"?}` as a client sends it; a null default is none. Errors:
/// kInvalidJson (107) when it is no such map; kIncorrectType (111) for an unknown type, a default value of another
/// type, options that a Relation cannot have; kMissingRequiredField (135) and kInvalidClassName (103) for the target
/// class. Source: parse-server SchemaController fieldTypeIsInvalid, validateSchemaData.
Field read_field_definition(const std::string& class_name, const std::string& name, const object::Value& json);

/// True for `{"__op":"Delete"}`.
bool is_delete_op(const object::Value& json);

}  // namespace parse::schema
