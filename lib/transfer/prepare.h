#pragma once

#include <string>
#include <vector>

#include "object/value.h"
#include "schema/class_schema.h"
#include "transfer/row_reader.h"

namespace parse::transfer {

/// The id of an object whose row has none: the same whenever that row of that file is read, so that a second run finds
/// what the first one made.
std::string id_of_row(const std::string& class_name, const Row& row);

/// Makes what was read an object that can be stored: times become Dates and are completed with `now`, an absent
/// objectId becomes `spare_id`, the names of hosted Parse's password columns become those of storage, nulls go, and
/// Relation values go once their type was checked. Returns the fields that `class_schema` lacks. Errors, as the server
/// has them for the same object: kIncorrectType (111) for a value of another type than its field; kInvalidKeyName
/// (105), kInvalidNestedKey (121), kInvalidAcl (123), kMissingObjectId (104).
struct PrepareOptions {
  std::string spare_id;
  Milliseconds now = 0;
};
std::vector<schema::Field> prepare(const schema::ClassSchema& class_schema, object::Object& row,
                                   const PrepareOptions& options);

}  // namespace parse::transfer
