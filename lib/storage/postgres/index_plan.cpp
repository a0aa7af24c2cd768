#include "storage/postgres/index_plan.h"

#include <algorithm>

#include "storage/sql/class_merge.h"

namespace parse::storage::postgres {
namespace {

using schema::ClassSchema;
using schema::Index;

bool has_before(const std::string& path, const ClassSchema& before, const ClassSchema& after) {
  const std::string name = path == "_id" ? "objectId" : path.substr(0, path.find('.'));
  const schema::Field* field = before.find_field(name);
  return field != nullptr && sql::keeps_field(*field, after);
}

/// Conditions of partial indexes may name fields anywhere: what is not plain waits until all fields are there.
bool can_come_first(const Index& index, const ClassSchema& before, const ClassSchema& after) {
  const auto is_there = [&](const std::string& path) { return has_before(path, before, after); };
  if (index.where && !std::all_of(index.where->begin(), index.where->end(),
                                  [&](const object::Member& member) { return is_there(member.key); }))
    return false;
  return std::all_of(index.keys.begin(), index.keys.end(),
                     [&](const schema::IndexKey& key) { return is_there(key.field); });
}

}  // namespace

IndexPlan plan_indexes(const ClassSchema& before, const ClassSchema& after) {
  IndexPlan plan;
  for (const Index& index : after.indexes) {
    const Index* old = before.find_index(index.name);
    if (old != nullptr && sql::keeps_index(*old, before, after)) continue;
    (can_come_first(index, before, after) ? plan.first : plan.afterwards).push_back(index);
  }
  for (const Index& index : before.indexes) {
    if (after.find_index(index.name) == nullptr) plan.removed.push_back(index);
  }
  return plan;
}

ClassSchema without_indexes(ClassSchema class_schema, const std::vector<Index>& indexes) {
  std::erase_if(class_schema.indexes, [&](const Index& index) {
    return std::any_of(indexes.begin(), indexes.end(), [&](const Index& item) { return item.name == index.name; });
  });
  return class_schema;
}

}  // namespace parse::storage::postgres
