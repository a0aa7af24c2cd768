#include "storage/sqlite/schema_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/error.h"
#include "object/json.h"

namespace parse::storage::sqlite {
namespace {

using object::Array;
using object::Object;
using object::Value;
using schema::FieldKind;

constexpr std::array<std::pair<FieldKind, std::string_view>, 13> kKindNames = {{
    {FieldKind::kString, "String"},
    {FieldKind::kNumber, "Number"},
    {FieldKind::kBoolean, "Boolean"},
    {FieldKind::kDate, "Date"},
    {FieldKind::kObject, "Object"},
    {FieldKind::kArray, "Array"},
    {FieldKind::kGeoPoint, "GeoPoint"},
    {FieldKind::kFile, "File"},
    {FieldKind::kBytes, "Bytes"},
    {FieldKind::kPolygon, "Polygon"},
    {FieldKind::kPointer, "Pointer"},
    {FieldKind::kRelation, "Relation"},
    {FieldKind::kAcl, "ACL"},
}};

std::string_view name_of(FieldKind kind) {
  return std::find_if(kKindNames.begin(), kKindNames.end(), [&](const auto& row) { return row.first == kind; })->second;
}

FieldKind kind_of(const std::string& name) {
  const auto found =
      std::find_if(kKindNames.begin(), kKindNames.end(), [&](const auto& row) { return row.second == name; });
  if (found == kKindNames.end())
    throw Error(ErrorCode::kInternal, "Internal server error.", fmt::format("unknown field type {} in _SCHEMA", name));
  return found->first;
}

Value field_value(const schema::Field& field) {
  Object map{{"name", field.name}, {"type", name_of(field.type.kind)}};
  if (!field.type.target_class.empty()) map.set("targetClass", field.type.target_class);
  if (field.required) map.set("required", true);
  if (field.default_value) map.set("defaultValue", *field.default_value);
  return map;
}

schema::Field read_field(const Object& map) {
  schema::Field field;
  field.name = map.at("name").as<std::string>();
  field.type.kind = kind_of(map.at("type").as<std::string>());
  if (const Value* target = map.find("targetClass")) field.type.target_class = target->as<std::string>();
  field.required = map.contains("required");
  if (const Value* value = map.find("defaultValue")) field.default_value = *value;
  return field;
}

Value index_value(const schema::Index& index) {
  Array keys;
  for (const schema::IndexKey& key : index.keys)
    keys.push_back(Object{{"field", key.field}, {"direction", key.direction}});
  Object map{{"name", index.name}, {"keys", std::move(keys)}};
  if (index.unique) map.set("unique", true);
  if (index.case_insensitive) map.set("caseInsensitive", true);
  if (index.where) map.set("where", *index.where);
  return map;
}

schema::Index read_index(const Object& map) {
  schema::Index index;
  index.name = map.at("name").as<std::string>();
  for (const Value& key : map.at("keys").as<Array>()) {
    const Object& entry = key.as<Object>();
    index.keys.push_back({entry.at("field").as<std::string>(), entry.at("direction")});
  }
  index.unique = map.contains("unique");
  index.case_insensitive = map.contains("caseInsensitive");
  if (const Value* where = map.find("where")) index.where = where->as<Object>();
  return index;
}

}  // namespace

std::string class_to_json(const schema::ClassSchema& class_schema) {
  Array fields;
  for (const schema::Field& field : class_schema.fields) fields.push_back(field_value(field));
  Array indexes;
  for (const schema::Index& index : class_schema.indexes) indexes.push_back(index_value(index));
  Object map{{"fields", std::move(fields)}, {"indexes", std::move(indexes)}};
  if (class_schema.permissions) map.set("classLevelPermissions", *class_schema.permissions);
  return object::to_json(map);
}

schema::ClassSchema class_from_json(std::string name, std::string_view json) {
  try {
    const Value value = object::parse_json(json);
    const Object& map = value.as<Object>();
    schema::ClassSchema class_schema;
    class_schema.name = std::move(name);
    for (const Value& field : map.at("fields").as<Array>())
      class_schema.fields.push_back(read_field(field.as<Object>()));
    for (const Value& index : map.at("indexes").as<Array>())
      class_schema.indexes.push_back(read_index(index.as<Object>()));
    if (const Value* permissions = map.find("classLevelPermissions"))
      class_schema.permissions = permissions->as<Object>();
    return class_schema;
  } catch (const Error& error) {
    throw Error(ErrorCode::kInternal, "Internal server error.",
                fmt::format("bad class definition in _SCHEMA: {} {}", error.message(), error.cause()));
  }
}

}  // namespace parse::storage::sqlite
