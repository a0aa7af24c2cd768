#pragma once

#include <span>
#include <string>
#include <string_view>

#include "schema/class_schema.h"

/// The columns, indexes and rules that the server itself gives to classes. Source: parse-server SchemaController
/// defaultColumns and requiredColumns; DatabaseController performInitialization.
namespace parse::schema {

/// How a default column lives: shown and stored; accepted and shown but kept elsewhere (`password`, stored as its
/// hash); stored but never shown.
enum class ColumnUse { kShown, kVirtual, kInternal };

struct DefaultColumn {
  std::string_view name;
  FieldKind kind = FieldKind::kString;
  std::string_view target_class = {};
  ColumnUse use = ColumnUse::kShown;
};

/// objectId, createdAt, updatedAt, ACL.
std::span<const DefaultColumn> common_columns();
/// What a system class has besides; empty for other classes.
std::span<const DefaultColumn> system_columns(std::string_view class_name);
/// Among both, by name; nullptr when there is none.
const DefaultColumn* find_default_column(std::string_view class_name, std::string_view field);
FieldType column_type(const DefaultColumn& column);

/// Columns that must have a value when an object of the class is made and cannot be deleted later (code 111).
std::span<const std::string_view> required_columns(std::string_view class_name);

/// A class as it is when it is first made: default columns that are stored, in table order, and default indexes.
ClassSchema default_class(std::string_view class_name);
/// The classes that are made when the server starts.
std::span<const std::string_view> classes_made_at_start();
/// Appends what `default_class` has and `stored` has not: fields and indexes that an older server did not know.
ClassSchema with_defaults(ClassSchema stored);
/// The unique index on `authData.<provider>.id`: one user for each account of somebody else.
Index auth_data_index(std::string_view provider);
/// True for an index that the server makes itself, such as the unique one on usernames.
bool is_default_index(std::string_view class_name, std::string_view index);

}  // namespace parse::schema
