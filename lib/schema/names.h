#pragma once

#include <string>
#include <string_view>

/// Which names classes and fields may have, and which classes are special.
namespace parse::schema {

/// Letters, digits and `_` after a letter; or a system class; or `_Join:<field>:<class>`.
/// Source: parse-server SchemaController classNameIsValid.
bool is_valid_class_name(std::string_view name);
/// The public message for a class name that is_valid_class_name refuses (code 103).
std::string invalid_class_name_message(std::string_view name);

/// Letters, digits and `_` after a letter, but neither `length` nor (outside `_Hooks`) `className`.
/// Source: parse-server SchemaController fieldNameIsValid.
bool is_valid_field_name(std::string_view field, std::string_view class_name);
/// True for the fields that every class or this system class always has.
bool is_default_field(std::string_view field, std::string_view class_name);
/// True for columns that only the server writes and never shows, such as `_hashed_password`.
inline bool is_internal_field(std::string_view field) { return field.starts_with('_'); }

/// Classes whose name may be used by clients although it begins with `_`.
bool is_system_class(std::string_view name);
/// Classes that exist without being asked for and are missing in the list of schemas.
bool is_volatile_class(std::string_view name);
/// Classes only the master or maintenance key may touch: the volatile ones and join tables.
bool is_master_only_class(std::string_view name);

/// "a" of "a.b.c"; the whole text when there is no dot after its first character.
std::string_view root_field(std::string_view path);

}  // namespace parse::schema
