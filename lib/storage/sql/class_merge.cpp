#include "storage/sql/class_merge.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"

namespace parse::storage::sql {
namespace {

template <typename Item>
void replace_or_append(std::vector<Item>& list, const Item& item) {
  const auto found = std::find_if(list.begin(), list.end(), [&](const Item& have) { return have.name == item.name; });
  if (found == list.end()) {
    list.push_back(item);
  } else {
    *found = item;
  }
}

template <typename Item>
void erase_named(std::vector<Item>& list, const std::string& name) {
  std::erase_if(list, [&](const Item& have) { return have.name == name; });
}

}  // namespace

schema::ClassSchema merge(schema::ClassSchema stored, const schema::ClassSchema& before,
                          const schema::ClassSchema& after) {
  for (const schema::Field& field : before.fields) {
    if (after.find_field(field.name) == nullptr) erase_named(stored.fields, field.name);
  }
  for (const schema::Field& field : after.fields) {
    const schema::Field* old = before.find_field(field.name);
    if (old == nullptr || !(*old == field)) replace_or_append(stored.fields, field);
  }
  for (const schema::Index& index : before.indexes) {
    if (after.find_index(index.name) == nullptr) erase_named(stored.indexes, index.name);
  }
  for (const schema::Index& index : after.indexes) {
    const schema::Index* old = before.find_index(index.name);
    if (old == nullptr || !(*old == index)) replace_or_append(stored.indexes, index);
  }
  if (before.permissions != after.permissions) stored.permissions = after.permissions;
  return stored;
}

void check_new_fields(const schema::ClassSchema& stored, const schema::ClassSchema& before,
                      const schema::ClassSchema& after) {
  for (const schema::Field& field : after.fields) {
    const schema::Field* have = before.find_field(field.name) == nullptr ? stored.find_field(field.name) : nullptr;
    if (have != nullptr && !(have->type == field.type))
      throw Error(ErrorCode::kInvalidSchemaOperation,
                  fmt::format("Field {} exists with another type, cannot update.", field.name));
  }
}

bool keeps_field(const schema::Field& field, const schema::ClassSchema& after) {
  const schema::Field* kept = after.find_field(field.name);
  return kept != nullptr && kept->type == field.type;
}

bool keeps_index(const schema::Index& index, const schema::ClassSchema& before, const schema::ClassSchema& after) {
  const schema::Index* kept = after.find_index(index.name);
  if (kept == nullptr || !(*kept == index)) return false;
  const auto loses_field = [&](const schema::Field& field) {
    return index.where && index.where->contains(field.name) && !keeps_field(field, after);
  };
  if (std::any_of(before.fields.begin(), before.fields.end(), loses_field)) return false;
  return std::all_of(index.keys.begin(), index.keys.end(), [&](const schema::IndexKey& key) {
    const schema::Field* field = before.find_field(key.field.substr(0, key.field.find('.')));
    return field == nullptr || keeps_field(*field, after);
  });
}

}  // namespace parse::storage::sql
