#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "object/update_op.h"
#include "object/value.h"
#include "schema/class_schema.h"

/// Field types as text and as read off values.
namespace parse::schema {

/// "String", "Pointer" …: the `type` of the schema API.
std::string_view kind_name(FieldKind kind);
/// The kind a client may name as a type; nullopt for anything else, "ACL" included.
std::optional<FieldKind> kind_from_name(std::string_view name);
/// "Number" or "Pointer<Game>": for messages.
std::string to_text(const FieldType& type);
/// Reads what to_text writes; nullopt for anything else, an ACL or a target that no class can be called included.
std::optional<FieldType> type_from_text(std::string_view text);

/// The type that a value gives to its field; nullopt for null, which fits every type. Throws kIncorrectType (111)
/// "This is not a valid X" for a malformed `{"__type":"X"}`. Source: parse-server SchemaController getObjectType.
std::optional<FieldType> type_of(const object::Value& value);
/// The same for one operator: Increment is Number, Add is Array, AddRelation is Relation of its objects' class; nullopt
/// for Delete.
std::optional<FieldType> type_of(const object::UpdateOp& op);

}  // namespace parse::schema
