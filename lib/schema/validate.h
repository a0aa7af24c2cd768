#pragma once

#include <string>
#include <vector>

#include "object/update_op.h"
#include "object/value.h"
#include "schema/class_schema.h"

/// Objects against the schema of their class. Runs on every write: linear passes, nothing is built but the result.
namespace parse::schema {

struct ValidateOptions {
  /// A new object: required system columns must be given. Otherwise they must only not be deleted.
  bool creating = false;
  /// The maintenance key may write internal columns, whose names begin with `_`.
  bool maintenance = false;
};

/// Checks the changes of a create or update against the class, which is `default_class(name)` when it does not exist
/// yet. Returns the fields that the class lacks, in the order of the changes; SchemaService::add_fields makes them.
/// Null values and ACL fit always. A dotted path needs an Object field, or an Array field when an index follows.
/// Errors: kIncorrectType (111) for a value of another type, a malformed `__type`, a second GeoPoint, a missing or
/// deleted required system column; kInvalidKeyName (105) for a bad field name; kInvalidClassName (103) for a pointer to
/// a class that cannot exist; kInvalidJson (107) for a polygon of fewer than three points.
/// Source: parse-server SchemaController validateObject, enforceFieldExists, validateRequiredColumns.
std::vector<Field> validate(const ClassSchema& class_schema, const object::Update& changes,
                            const ValidateOptions& options);

/// Gives a new object its default values; returns the names of the fields that were set. Throws kValidationError (142)
/// "f is required" for a required field that is missing, null or "". Source: parse-server RestWrite
/// setRequiredFieldsIfNeeded.
std::vector<std::string> fill_defaults(const ClassSchema& class_schema, object::Object& object);
/// The same rule for an update, which may neither delete nor empty a required field.
void check_required(const ClassSchema& class_schema, const object::Update& changes);

/// Throws kIncorrectType (111) "schema mismatch for C.f; expected X but got Y".
[[noreturn]] void throw_mismatch(std::string_view class_name, std::string_view field, const FieldType& expected,
                                 const FieldType& actual);

}  // namespace parse::schema
