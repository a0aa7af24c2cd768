#include "schema/schema_edit.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "schema/default_classes.h"
#include "schema/field_definition.h"
#include "schema/field_type.h"
#include "schema/names.h"
#include "schema/permissions.h"
#include "schema/schema_json.h"
#include "schema/validate.h"

namespace parse::schema {
namespace {

using object::Object;
using object::Value;

// Members as JavaScript counts them: those of a list are its positions, those of a text its characters. So a section of
// the wrong shape is refused by the name of its first member, as clients know it.
Object members(const Value* value) {
  Object map;
  if (value == nullptr) return map;
  if (const Object* given = value->get_if<Object>()) return *given;
  if (const auto* list = value->get_if<object::Array>()) {
    for (std::size_t i = 0; i < list->size(); ++i) map.append(std::to_string(i), (*list)[i]);
  } else if (const auto* text = value->get_if<std::string>()) {
    for (std::size_t i = 0; i < text->size(); ++i) map.append(std::to_string(i), text->substr(i, 1));
  }
  return map;
}

bool is_shown(const ClassSchema& class_schema, std::string_view name) {
  if (is_internal_field(name)) return false;
  return class_schema.find_field(name) != nullptr || is_default_field(name, class_schema.name);
}

Field* find_field(ClassSchema& class_schema, std::string_view name) {
  return const_cast<Field*>(std::as_const(class_schema).find_field(name));
}

void add_field(ClassSchema& class_schema, const std::string& name, const Value& json) {
  if (!is_valid_field_name(name, class_schema.name))
    throw Error(ErrorCode::kInvalidKeyName, fmt::format("invalid field name: {}", name));
  if (is_default_field(name, class_schema.name))
    throw Error(ErrorCode::kImmutableField, fmt::format("field {} cannot be added", name));
  class_schema.fields.push_back(read_field_definition(class_schema.name, name, json));
}

void check_one_geo_point(const ClassSchema& class_schema) {
  const Field* first = nullptr;
  for (const Field& field : class_schema.fields) {
    if (field.type.kind != FieldKind::kGeoPoint) continue;
    if (first != nullptr)
      throw Error(ErrorCode::kIncorrectType,
                  fmt::format("currently, only one GeoPoint field may exist in an object. Adding {} when {} already "
                              "exists.",
                              field.name, first->name));
    first = &field;
  }
}

// The type a definition names, as far as it is a text: enough to tell a changed type from changed options.
std::string_view named_type(const Value& json) {
  const Object* map = json.get_if<Object>();
  const Value* type = map ? map->find("type") : nullptr;
  const std::string* name = type ? type->get_if<std::string>() : nullptr;
  return name ? std::string_view(*name) : std::string_view();
}

std::string_view shown_type(const ClassSchema& class_schema, std::string_view name) {
  if (const Field* field = class_schema.find_field(name)) return kind_name(field->type.kind);
  return kind_name(find_default_column(class_schema.name, name)->kind);
}

void check_existence(const ClassSchema& before, const Object& fields) {
  for (const auto& [name, json] : fields) {
    const bool exists = is_shown(before, name);
    const bool deleted = is_delete_op(json);
    if (exists && !deleted && named_type(json) != shown_type(before, name))
      throw Error(ErrorCode::kInvalidSchemaOperation, fmt::format("Field {} exists, cannot update.", name));
    if (!exists && deleted)
      throw Error(ErrorCode::kInvalidSchemaOperation, fmt::format("Field {} does not exist, cannot delete.", name));
  }
}

void delete_field(ClassSchema& class_schema, const std::string& name) {
  if (is_default_field(name, class_schema.name))
    throw Error(ErrorCode::kImmutableField, fmt::format("field {} cannot be changed", name));
  std::erase_if(class_schema.fields, [&](const Field& field) { return field.name == name; });
  std::erase_if(class_schema.indexes, [&](const Index& index) {
    return std::any_of(index.keys.begin(), index.keys.end(), [&](const IndexKey& key) { return key.field == name; });
  });
}

// The type is the same; what may differ are the target class, which is refused, and the options.
void change_options(ClassSchema& class_schema, const std::string& name, const Value& json) {
  Field* field = find_field(class_schema, name);
  if (field == nullptr || field->type.kind == FieldKind::kAcl) return;
  const Object& map = json.as<Object>();
  const Value* target = map.find("targetClass");
  const std::string* target_name = target ? target->get_if<std::string>() : nullptr;
  const FieldType asked{field->type.kind, target_name ? *target_name : std::string()};
  if (asked != field->type) throw_mismatch(class_schema.name, name, field->type, asked);
  *field = read_field_definition(class_schema.name, name, json);
}

void edit_fields(const ClassSchema& before, ClassSchema& after, const Object& fields) {
  for (const auto& [name, json] : fields) {
    if (!is_delete_op(json) && !is_shown(before, name)) add_field(after, name, json);
  }
  for (const auto& [name, json] : fields) {
    if (is_delete_op(json)) delete_field(after, name);
  }
  check_one_geo_point(after);
  for (const auto& [name, json] : fields) {
    if (!is_delete_op(json) && is_shown(before, name)) change_options(after, name, json);
  }
}

void edit_permissions(ClassSchema& class_schema, const Object& body, const EditRules& rules) {
  const Value* value = body.find("classLevelPermissions");
  if (value == nullptr) return;
  if (!value->truthy()) {
    class_schema.permissions.reset();
    return;
  }
  Object permissions = members(value);
  validate_permissions(permissions, class_schema, rules.custom_ids);
  class_schema.permissions = std::move(permissions);
}

[[noreturn]] void throw_bad_index(std::string message) { throw Error(ErrorCode::kInvalidQuery, std::move(message)); }

const Field& indexed_field(const ClassSchema& class_schema, const std::string& name) {
  const Field* field = is_internal_field(name) ? nullptr : class_schema.find_field(name);
  if (field == nullptr) throw_bad_index(fmt::format("Field {} does not exist, cannot add index.", name));
  return *field;
}

void check_index_key(const ClassSchema& class_schema, const IndexKey& key) {
  const FieldKind kind = indexed_field(class_schema, key.field).type.kind;
  const std::string* special = key.direction.get_if<std::string>();
  const bool fits = special == nullptr   ? kind != FieldKind::kRelation && kind != FieldKind::kAcl
                    : *special == "text" ? kind == FieldKind::kString
                                         : kind == FieldKind::kGeoPoint;
  if (!fits) throw_bad_index(fmt::format("Field {} is of type {}, cannot add this index.", key.field, kind_name(kind)));
}

void add_index(ClassSchema& class_schema, const std::string& name, const Value& json) {
  if (class_schema.find_index(name) != nullptr || name == "_id_")
    throw_bad_index(fmt::format("Index {} exists, cannot update.", name));
  const Object definition = members(&json);
  for (const auto& [field, direction] : definition) {
    if (field != kIndexOptionsKey) indexed_field(class_schema, field);
  }
  Index index = read_index(name, definition);
  for (const IndexKey& key : index.keys) check_index_key(class_schema, key);
  class_schema.indexes.push_back(std::move(index));
}

// The server's own indexes are not shown, so a client cannot delete them either.
void delete_index(ClassSchema& class_schema, const std::string& name) {
  if (class_schema.find_index(name) == nullptr || is_default_index(class_schema.name, name))
    throw_bad_index(fmt::format("Index {} does not exist, cannot delete.", name));
  std::erase_if(class_schema.indexes, [&](const Index& index) { return index.name == name; });
}

void edit_indexes(ClassSchema& class_schema, const Object& body) {
  for (const auto& [name, json] : members(body.find("indexes"))) {
    if (is_delete_op(json)) {
      delete_index(class_schema, name);
    } else {
      add_index(class_schema, name, json);
    }
  }
}

}  // namespace

ClassSchema new_class(const std::string& class_name, const Object& body, const EditRules& rules) {
  if (!is_valid_class_name(class_name))
    throw Error(ErrorCode::kInvalidClassName, invalid_class_name_message(class_name));
  ClassSchema made = default_class(class_name);
  for (const auto& [name, json] : members(body.find("fields"))) add_field(made, name, json);
  check_one_geo_point(made);
  edit_permissions(made, body, rules);
  edit_indexes(made, body);
  return made;
}

ClassSchema edited_class(const ClassSchema& before, const Object& body, const EditRules& rules) {
  const Object fields = members(body.find("fields"));
  check_existence(before, fields);
  ClassSchema after = before;
  edit_fields(before, after, fields);
  edit_permissions(after, body, rules);
  edit_indexes(after, body);
  return after;
}

}  // namespace parse::schema
