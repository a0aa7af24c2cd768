#include "storage/postgres/schema_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/error.h"
#include "object/json.h"
#include "schema/default_classes.h"
#include "schema/field_type.h"
#include "schema/names.h"
#include "schema/schema_json.h"

namespace parse::storage::postgres {
namespace {

using object::Array;
using object::Object;
using object::Value;
using schema::ClassSchema;
using schema::Field;
using schema::FieldKind;

constexpr std::string_view kIdIndex = "_id_";

const Object* member_object(const Object& map, std::string_view key) {
  const Value* value = map.find(key);
  return value ? value->get_if<Object>() : nullptr;
}

std::string member_text(const Object& map, std::string_view key) {
  const Value* value = map.find(key);
  const std::string* text = value ? value->get_if<std::string>() : nullptr;
  return text ? *text : std::string();
}

/// ACL has two columns, and a password is kept as its hash only: neither is a field of the row.
bool is_kept_elsewhere(std::string_view class_name, std::string_view field) {
  if (field == "_rperm" || field == "_wperm" || field == "ACL") return true;
  const schema::DefaultColumn* column = schema::find_default_column(class_name, field);
  return column != nullptr && column->use == schema::ColumnUse::kVirtual;
}

/// Internal columns are columns only; the hash of the password is the exception.
bool is_listed(const Field& field) {
  if (field.type.kind == FieldKind::kAcl) return false;
  return !schema::is_internal_field(field.name) || field.name == "_hashed_password";
}

std::optional<Field> read_field(const std::string& name, const Value& json) {
  const Object* map = json.get_if<Object>();
  const auto kind = map ? schema::kind_from_name(member_text(*map, "type")) : std::nullopt;
  if (!kind) return std::nullopt;
  Field field;
  field.name = name;
  field.type.kind = *kind;
  if (*kind == FieldKind::kPointer || *kind == FieldKind::kRelation)
    field.type.target_class = member_text(*map, "targetClass");
  const Value* required = map->find("required");
  field.required = required != nullptr && required->truthy();
  const Value* value = map->find("defaultValue");
  if (value != nullptr && !value->is_null()) field.default_value = *value;
  return field;
}

/// An index as far as the row tells it: fields and directions.
std::optional<schema::Index> read_index(const std::string& name, const Value& json) {
  const Object* map = json.get_if<Object>();
  if (map == nullptr || map->empty() || name == kIdIndex) return std::nullopt;
  schema::Index index;
  index.name = name;
  for (const auto& [field, direction] : *map) index.keys.push_back({field, direction});
  return index;
}

std::vector<std::string> read_order(const Object& map) {
  std::vector<std::string> order;
  const Value* value = map.find("fieldOrder");
  const Array* names = value ? value->get_if<Array>() : nullptr;
  if (names == nullptr) return order;
  for (const Value& name : *names) {
    if (const std::string* text = name.get_if<std::string>()) order.push_back(*text);
  }
  return order;
}

Object& object_at(Object& map, std::string_view key) {
  Value* value = map.find(key);
  if (value == nullptr || !value->is<Object>()) value = &map.set(key, Object());
  return *value->get_if<Object>();
}

/// Keeps attributes that are not ours, such as `contents`, while the type stays.
Object edited_field(const Object* old, const Field& field) {
  Object json = schema::write_field(field);
  if (old == nullptr || member_text(*old, "type") != member_text(json, "type")) return json;
  for (const auto& [key, value] : *old) {
    if (key != "required" && key != "defaultValue" && key != "targetClass") json.set(key, value);
  }
  return json;
}

void edit_fields(Object& fields, const ClassSchema& stored, const ClassSchema& merged) {
  for (const Field& field : stored.fields) {
    if (merged.find_field(field.name) == nullptr) fields.erase(field.name);
  }
  bool has_acl = false;
  for (const Field& field : merged.fields) {
    has_acl = has_acl || field.type.kind == FieldKind::kAcl;
    if (!is_listed(field)) continue;
    const Field* old = stored.find_field(field.name);
    if (old != nullptr && *old == field && fields.contains(field.name)) continue;
    fields.set(field.name, edited_field(member_object(fields, field.name), field));
  }
  fields.erase("ACL");
  if (!has_acl) return;
  for (const char* column : {"_rperm", "_wperm"})
    fields.set(column, Object{{"type", "Array"}, {"contents", Object{{"type", "String"}}}});
}

void edit_indexes(Object& row, const ClassSchema& stored, const ClassSchema& merged) {
  const auto is_shown = [&](const schema::Index& index) {
    return index.name != kIdIndex && !schema::is_default_index(merged.name, index.name);
  };
  if (!row.contains("indexes") && std::none_of(merged.indexes.begin(), merged.indexes.end(), is_shown)) return;
  Object& indexes = object_at(row, "indexes");
  if (!indexes.contains(kIdIndex)) indexes.set(kIdIndex, Object{{"_id", 1}});
  for (const schema::Index& index : stored.indexes) {
    if (is_shown(index) && merged.find_index(index.name) == nullptr) indexes.erase(index.name);
  }
  for (const schema::Index& index : merged.indexes) {
    if (!is_shown(index)) continue;
    Object keys;
    for (const schema::IndexKey& key : index.keys) keys.append(key.field, key.direction);
    indexes.set(index.name, std::move(keys));
  }
}

void edit_order(Object& row, const ClassSchema& merged) {
  const bool has_relation = std::any_of(merged.fields.begin(), merged.fields.end(), [&](const Field& field) {
    return field.type.kind == FieldKind::kRelation && !schema::is_default_field(field.name, merged.name);
  });
  row.erase("fieldOrder");
  if (!has_relation) return;
  Array names;
  for (const Field& field : merged.fields) {
    if (!schema::is_internal_field(field.name) && !schema::is_default_field(field.name, merged.name))
      names.push_back(field.name);
  }
  row.set("fieldOrder", std::move(names));
}

}  // namespace

StoredClass read_class_json(std::string name, std::string_view json) {
  StoredClass stored;
  stored.class_schema.name = std::move(name);
  const Value value = json.empty() ? Value() : object::parse_json(json);
  const Object* map = value.get_if<Object>();
  if (map == nullptr) return stored;
  if (const Object* fields = member_object(*map, "fields")) {
    for (const auto& [field_name, definition] : *fields) {
      if (is_kept_elsewhere(stored.class_schema.name, field_name)) continue;
      if (auto field = read_field(field_name, definition)) stored.class_schema.fields.push_back(std::move(*field));
    }
  }
  if (const Object* indexes = member_object(*map, "indexes")) {
    for (const auto& [index_name, definition] : *indexes) {
      if (auto index = read_index(index_name, definition)) stored.class_schema.indexes.push_back(std::move(*index));
    }
  }
  if (const Object* permissions = member_object(*map, "classLevelPermissions"))
    stored.class_schema.permissions = *permissions;
  stored.field_order = read_order(*map);
  return stored;
}

Object edit_class_json(Object row, const ClassSchema& stored, const ClassSchema& merged) {
  row.set("className", merged.name);
  edit_fields(object_at(row, "fields"), stored, merged);
  if (stored.permissions != merged.permissions || (merged.permissions && !row.contains("classLevelPermissions"))) {
    if (merged.permissions) {
      row.set("classLevelPermissions", *merged.permissions);
    } else {
      row.erase("classLevelPermissions");
    }
  }
  edit_indexes(row, stored, merged);
  edit_order(row, merged);
  return row;
}

}  // namespace parse::storage::postgres
