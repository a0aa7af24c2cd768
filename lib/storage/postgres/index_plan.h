#pragma once

#include <vector>

#include "schema/class_schema.h"

namespace parse::storage::postgres {

/// Which indexes a change of a class makes and drops, and when: as many as can before anything else, so that one that
/// cannot be made leaves the class as it was.
struct IndexPlan {
  /// On fields that are there already.
  std::vector<schema::Index> first;
  /// On fields that the change makes.
  std::vector<schema::Index> afterwards;
  /// Gone from the class; those on dropped fields go with them.
  std::vector<schema::Index> removed;
};

IndexPlan plan_indexes(const schema::ClassSchema& before, const schema::ClassSchema& after);

/// `class_schema` without those of the indexes that are in `indexes`.
schema::ClassSchema without_indexes(schema::ClassSchema class_schema, const std::vector<schema::Index>& indexes);

}  // namespace parse::storage::postgres
