#include "storage/sqlite/class_changes.h"

#include <fmt/format.h>

#include <algorithm>

#include "storage/sqlite/ddl.h"
#include "storage/sqlite/schema_store.h"

namespace parse::storage::sqlite {
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

/// What was changed between `before` and `after`, done to `stored`: somebody else may have changed other parts of it.
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

/// A field that is new to the caller but already stored must have the same type.
void check_new_fields(const schema::ClassSchema& stored, const schema::ClassSchema& before,
                      const schema::ClassSchema& after) {
  for (const schema::Field& field : after.fields) {
    const schema::Field* have = before.find_field(field.name) == nullptr ? stored.find_field(field.name) : nullptr;
    if (have != nullptr && !(have->type == field.type))
      throw Error(ErrorCode::kInvalidSchemaOperation,
                  fmt::format("Field {} exists with another type, cannot update.", field.name));
  }
}

}  // namespace

void make_class(Connection& connection, const schema::ClassSchema& class_schema) {
  if (load_class(connection, class_schema.name))
    throw Error(ErrorCode::kInvalidClassName, fmt::format("Class {} already exists.", class_schema.name));
  create_tables(connection, class_schema);
  store_class(connection, class_schema);
}

void change_class(Connection& connection, const schema::ClassSchema& before, const schema::ClassSchema& after) {
  const auto stored = load_class(connection, after.name);
  if (!stored) throw Error(ErrorCode::kInvalidClassName, fmt::format("Class {} does not exist.", after.name));
  check_new_fields(*stored, before, after);
  alter_tables(connection, before, after);
  store_class(connection, merge(*stored, before, after));
}

void drop_class(Connection& connection, const schema::ClassSchema& class_schema) {
  drop_tables(connection, class_schema);
  erase_class(connection, class_schema.name);
}

}  // namespace parse::storage::sqlite
