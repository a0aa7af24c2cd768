#include "schema/schema_rename.h"

#include <algorithm>

#include "schema/schema_json.h"

namespace parse::schema {
namespace {

using object::Array;
using object::Object;
using object::Value;

constexpr std::string_view kUserField = "userField:";

bool contains(const Array& list, const std::string& name) {
  return std::find(list.begin(), list.end(), Value(name)) != list.end();
}

/// In a list of names the new one beside the old one.
Value with_new_name(const Value& names, const std::string& old_name, const std::string& new_name) {
  const Array* list = names.get_if<Array>();
  if (list == nullptr || !contains(*list, old_name) || contains(*list, new_name)) return names;
  Array longer = *list;
  longer.emplace_back(new_name);
  return longer;
}

/// In a list of names the new one in the place of the old one.
Value renamed_in_list(const Value& names, const std::string& old_name, const std::string& new_name) {
  const Array* list = names.get_if<Array>();
  if (list == nullptr || !contains(*list, old_name)) return names;
  const bool has_both = contains(*list, new_name);
  Array renamed;
  for (const Value& name : *list) {
    if (name != Value(old_name))
      renamed.push_back(name);
    else if (!has_both)
      renamed.emplace_back(new_name);
  }
  return renamed;
}

Object protecting_both(const Object& permissions, const std::string& old_name, const std::string& new_name) {
  Object changed = permissions;
  Value* groups = changed.find("protectedFields");
  Object* map = groups ? groups->get_if<Object>() : nullptr;
  if (map == nullptr) return changed;
  for (auto& group : *map) group.value = with_new_name(group.value, old_name, new_name);
  return changed;
}

Object renamed_permissions(const Object& permissions, const std::string& old_name, const std::string& new_name) {
  Object renamed;
  for (const auto& [key, value] : permissions) {
    const Object* rule = value.get_if<Object>();
    if (rule == nullptr) {  // readUserFields, writeUserFields
      renamed.append(key, renamed_in_list(value, old_name, new_name));
      continue;
    }
    Object entries;
    for (const auto& [who, right] : *rule) {
      const bool names_users = key == "protectedFields" && who == std::string(kUserField) + old_name;
      entries.set(names_users ? std::string(kUserField) + new_name : who, renamed_in_list(right, old_name, new_name));
    }
    renamed.append(key, std::move(entries));
  }
  return renamed;
}

/// A `where` with the field's name replaced wherever it is a key of constraints.
Value renamed_where(const Value& where, const std::string& old_name, const std::string& new_name) {
  const Object* map = where.get_if<Object>();
  if (map == nullptr) return where;
  Object renamed;
  for (const auto& [key, value] : *map) {
    if (const Array* parts = key.starts_with('$') ? value.get_if<Array>() : nullptr) {
      Array list;
      for (const Value& part : *parts) list.push_back(renamed_where(part, old_name, new_name));
      renamed.append(key, std::move(list));
      continue;
    }
    const bool is_inside = key.starts_with(old_name + ".");
    renamed.append(key == old_name ? new_name : is_inside ? new_name + key.substr(old_name.size()) : key, value);
  }
  return renamed;
}

Index renamed_index(Index index, const std::string& old_name, const std::string& new_name) {
  for (IndexKey& key : index.keys) {
    if (key.field == old_name) key.field = new_name;
  }
  if (index.where) index.where = renamed_where(*index.where, old_name, new_name).as<Object>();
  return index;
}

/// Calls `use(before, after)` for each index that names the field.
template <typename Use>
void for_each_renamed(const Object& definition, const std::string& old_name, const std::string& new_name, Use use) {
  const Value* indexes = definition.find("indexes");
  if (indexes == nullptr) return;
  for (const auto& [name, json] : indexes->as<Object>()) {
    if (name == "_id_") continue;
    const Index before = read_index(name, json);
    const Index after = renamed_index(before, old_name, new_name);
    if (after != before) use(before, after);
  }
}

}  // namespace

Object rename_preparation(const Object& definition, const std::string& old_name, const std::string& new_name) {
  const Object& fields = definition.at("fields").as<Object>();
  Object body;
  if (!fields.contains(new_name)) {
    Object field = fields.at(old_name).as<Object>();
    field.erase("required");
    field.erase("defaultValue");
    body.append("fields", Object{{new_name, std::move(field)}});
  }
  const Object& permissions = definition.at("classLevelPermissions").as<Object>();
  Object protecting = protecting_both(permissions, old_name, new_name);
  if (protecting != permissions) body.append("classLevelPermissions", std::move(protecting));
  return body;
}

Object rename_index_drops(const Object& definition, const std::string& old_name, const std::string& new_name) {
  Object drops;
  for_each_renamed(definition, old_name, new_name, [&](const Index& before, const Index& after) {
    if (before.keys == after.keys) drops.append(before.name, Object{{"__op", "Delete"}});
  });
  return drops.empty() ? Object() : Object{{"indexes", std::move(drops)}};
}

Object rename_completion(const Object& definition, const std::string& old_name, const std::string& new_name) {
  const Object& fields = definition.at("fields").as<Object>();
  Object body{{"fields", Object{{old_name, Object{{"__op", "Delete"}}}, {new_name, fields.at(old_name)}}}};
  Object indexes;
  for_each_renamed(definition, old_name, new_name,
                   [&](const Index&, const Index& after) { indexes.append(after.name, write_index(after)); });
  if (!indexes.empty()) body.append("indexes", std::move(indexes));
  const Object& permissions = definition.at("classLevelPermissions").as<Object>();
  Object renamed = renamed_permissions(permissions, old_name, new_name);
  if (renamed != permissions) body.append("classLevelPermissions", std::move(renamed));
  return body;
}

}  // namespace parse::schema
