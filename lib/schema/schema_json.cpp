#include "schema/schema_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/error.h"
#include "schema/default_classes.h"
#include "schema/field_type.h"
#include "schema/names.h"

namespace parse::schema {
namespace {

using object::Object;
using object::Value;

constexpr std::array<std::string_view, 7> kOperations = {"find",   "get",    "count",   "create",
                                                         "update", "delete", "addField"};

Object write_type(const FieldType& type) {
  Object json{{"type", std::string(kind_name(type.kind))}};
  if (!type.target_class.empty()) json.append("targetClass", type.target_class);
  return json;
}

Object describe_fields(const ClassSchema& class_schema) {
  Object json;
  const auto append_column = [&](const DefaultColumn& column) {
    if (column.use == ColumnUse::kInternal) return;
    const Field* field = class_schema.find_field(column.name);
    json.append(std::string(column.name), field ? write_field(*field) : write_type(column_type(column)));
  };
  for (const DefaultColumn& column : common_columns()) append_column(column);
  for (const DefaultColumn& column : system_columns(class_schema.name)) append_column(column);
  for (const Field& field : class_schema.fields) {
    if (is_internal_field(field.name) || is_default_field(field.name, class_schema.name)) continue;
    json.append(field.name, write_field(field));
  }
  return json;
}

Object open_permissions() {
  Object json{{"ACL", Object{{"*", Object{{"read", true}, {"write", true}}}}}};
  for (const std::string_view operation : kOperations) json.append(std::string(operation), Object{{"*", true}});
  json.append("protectedFields", Object{{"*", object::Array()}});
  return json;
}

Object describe_permissions(const ClassSchema& class_schema) {
  if (!class_schema.permissions) return is_volatile_class(class_schema.name) ? Object() : open_permissions();
  Object json;
  for (const std::string_view operation : kOperations) json.append(std::string(operation), Object());
  json.append("protectedFields", Object());
  for (const auto& [key, value] : *class_schema.permissions) json.set(key, value);
  return json;
}

Object describe_indexes(const ClassSchema& class_schema) {
  Object json;
  for (const Index& index : class_schema.indexes) {
    if (!is_default_index(class_schema.name, index.name)) json.append(index.name, write_index(index));
  }
  if (!json.empty()) json.append("_id_", Object{{"_id", 1}});
  return json;
}

bool is_direction(const Value& value) {
  if (const std::string* text = value.get_if<std::string>())
    return *text == "text" || *text == "2d" || *text == "2dsphere";
  return value.is_number() && (value.number() == 1 || value.number() == -1);
}

[[noreturn]] void throw_bad_index(const std::string& name, std::string_view why) {
  throw Error(ErrorCode::kInvalidQuery, fmt::format("Index {}: {}", name, why));
}

void read_index_options(const Value& json, Index& index) {
  const Object* options = json.get_if<Object>();
  if (options == nullptr) throw_bad_index(index.name, "_options must be an object.");
  for (const auto& [key, value] : *options) {
    if (key == "unique" && value.is<bool>()) {
      index.unique = value.as<bool>();
    } else if (key == "where" && value.is<Object>()) {
      index.where = value.as<Object>();
    } else {
      throw_bad_index(index.name, fmt::format("bad option {}; there are unique (true or false) and where.", key));
    }
  }
}

}  // namespace

Object describe(const ClassSchema& class_schema) {
  Object json{{"className", class_schema.name}};
  json.append("fields", describe_fields(class_schema));
  json.append("classLevelPermissions", describe_permissions(class_schema));
  Object indexes = describe_indexes(class_schema);
  if (!indexes.empty()) json.append("indexes", std::move(indexes));
  return json;
}

Object write_field(const Field& field) {
  Object json = write_type(field.type);
  if (field.required) json.append("required", true);
  if (field.default_value) json.append("defaultValue", *field.default_value);
  return json;
}

Object write_index(const Index& index) {
  Object json;
  for (const IndexKey& key : index.keys) json.append(key.field, key.direction);
  Object options;
  if (index.unique) options.append("unique", true);
  if (index.where) options.append("where", *index.where);
  if (!options.empty()) json.append(std::string(kIndexOptionsKey), std::move(options));
  return json;
}

Index read_index(const std::string& name, const Value& json) {
  const Object* map = json.get_if<Object>();
  Index index;
  index.name = name;
  if (map == nullptr) throw_bad_index(name, "must be an object of fields.");
  for (const auto& [key, value] : *map) {
    if (key == kIndexOptionsKey) {
      read_index_options(value, index);
    } else if (is_direction(value)) {
      index.keys.push_back({key, value});
    } else {
      throw_bad_index(name, fmt::format("{} must be 1, -1, \"text\", \"2d\" or \"2dsphere\".", key));
    }
  }
  if (index.keys.empty()) throw_bad_index(name, "has no field.");
  return index;
}

}  // namespace parse::schema
