#include "schema/field_definition.h"

#include <fmt/format.h>

#include "base/error.h"
#include "schema/field_type.h"
#include "schema/names.h"

namespace parse::schema {
namespace {

using object::Object;
using object::Value;

[[noreturn]] void throw_invalid_json() { throw Error(ErrorCode::kInvalidJson, "invalid JSON"); }

std::string read_target_class(const Object& map, FieldKind kind) {
  const Value* target = map.find("targetClass");
  if (target == nullptr || !target->truthy())
    throw Error(ErrorCode::kMissingRequiredField, fmt::format("type {} needs a class name", kind_name(kind)));
  const std::string* name = target->get_if<std::string>();
  if (name == nullptr) throw_invalid_json();
  if (!is_valid_class_name(*name)) throw Error(ErrorCode::kInvalidClassName, invalid_class_name_message(*name));
  return *name;
}

FieldType read_type(const Object& map) {
  const Value* type = map.find("type");
  const std::string* name = type ? type->get_if<std::string>() : nullptr;
  if (name == nullptr) throw_invalid_json();
  const auto kind = kind_from_name(*name);
  if (!kind) throw Error(ErrorCode::kIncorrectType, fmt::format("invalid field type: {}", *name));
  if (*kind != FieldKind::kPointer && *kind != FieldKind::kRelation) return FieldType{*kind, {}};
  return FieldType{*kind, read_target_class(map, *kind)};
}

void check_default(const std::string& class_name, const Field& field) {
  const auto type = type_of(*field.default_value);
  if (!type || *type == field.type) return;
  throw Error(ErrorCode::kIncorrectType, fmt::format("schema mismatch for {}.{} default value; expected {} but got {}",
                                                     class_name, field.name, to_text(field.type), to_text(*type)));
}

[[noreturn]] void throw_not_applicable(std::string_view option, const FieldType& type) {
  throw Error(ErrorCode::kIncorrectType,
              fmt::format("The '{}' option is not applicable for {}", option, to_text(type)));
}

}  // namespace

Field read_field_definition(const std::string& class_name, const std::string& name, const Value& json) {
  const Object* map = json.get_if<Object>();
  if (map == nullptr) throw_invalid_json();
  Field field;
  field.name = name;
  field.type = read_type(*map);
  const Value* value = map->find("defaultValue");
  if (value != nullptr && !value->is_null()) {
    field.default_value = *value;
    check_default(class_name, field);
  }
  const Value* required = map->find("required");
  field.required = required != nullptr && required->is<bool>() && required->as<bool>();
  if (field.type.kind != FieldKind::kRelation) return field;
  if (field.default_value) throw_not_applicable("default value", field.type);
  if (field.required) throw_not_applicable("required", field.type);
  return field;
}

bool is_delete_op(const Value& json) {
  const Object* map = json.get_if<Object>();
  const Value* op = map ? map->find("__op") : nullptr;
  const std::string* name = op ? op->get_if<std::string>() : nullptr;
  return name != nullptr && *name == "Delete";
}

}  // namespace parse::schema
