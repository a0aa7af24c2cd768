#pragma once

#include "schema/class_schema.h"

/// What a change of a class comes to when somebody else may have changed it meanwhile. Pure.
namespace parse::storage::sql {

/// What was changed between `before` and `after`, done to `stored`: somebody else may have changed other parts of it.
schema::ClassSchema merge(schema::ClassSchema stored, const schema::ClassSchema& before,
                          const schema::ClassSchema& after);
/// A field that is new to the caller but already stored must have the same type: throws kInvalidSchemaOperation (255).
void check_new_fields(const schema::ClassSchema& stored, const schema::ClassSchema& before,
                      const schema::ClassSchema& after);

/// The field is there afterwards, with the same type; its options do not count.
bool keeps_field(const schema::Field& field, const schema::ClassSchema& after);
/// The index is the same afterwards, and so are the fields it is made of.
bool keeps_index(const schema::Index& index, const schema::ClassSchema& before, const schema::ClassSchema& after);

}  // namespace parse::storage::sql
