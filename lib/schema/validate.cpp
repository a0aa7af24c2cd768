#include "schema/validate.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <span>

#include "base/error.h"
#include "schema/default_classes.h"
#include "schema/field_type.h"
#include "schema/names.h"

namespace parse::schema {
namespace {

using object::DeleteField;
using object::FieldUpdate;
using object::GeoPoint;
using object::SetValue;
using object::Value;

const Value* set_value(const object::UpdateOp& op) {
  const auto* set = std::get_if<SetValue>(&op);
  return set ? &set->value : nullptr;
}

[[noreturn]] void throw_second_geo_point() {
  throw Error(ErrorCode::kIncorrectType, "there can only be one geopoint field in a class");
}

void check_one_geo_point(const object::Update& changes) {
  const auto count = std::count_if(changes.begin(), changes.end(), [](const FieldUpdate& change) {
    const Value* value = set_value(change.op);
    return value != nullptr && value->is<GeoPoint>();
  });
  if (count > 1) throw_second_geo_point();
}

// Counters of a push, keyed by an offset such as "UTC0" or "-7": numbers there are names, not positions.
bool has_numeric_names(std::string_view root) { return root == "sentPerUTCOffset" || root == "failedPerUTCOffset"; }

// What a path into a field says of the field: "a.0" needs an Array, "a.b" an Object.
FieldKind container_kind(std::string_view path, std::string_view root) {
  std::string_view part = path.substr(root.size() + 1);
  part = part.substr(0, part.find('.'));
  const bool index = std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
  return index && !has_numeric_names(root) ? FieldKind::kArray : FieldKind::kObject;
}

void check_name(std::string_view class_name, std::string_view root, bool maintenance) {
  std::string_view name = root;
  if (maintenance && is_internal_field(name)) name.remove_prefix(1);
  if (!is_valid_field_name(name, class_name))
    throw Error(ErrorCode::kInvalidKeyName, fmt::format("Invalid field name: {}.", root));
}

const FieldType* find_type(const ClassSchema& class_schema, const std::vector<Field>& added, std::string_view name) {
  if (const Field* field = class_schema.find_field(name)) return &field->type;
  const auto found = std::find_if(added.begin(), added.end(), [&](const Field& field) { return field.name == name; });
  return found == added.end() ? nullptr : &found->type;
}

bool has_geo_point(const ClassSchema& class_schema) {
  return std::any_of(class_schema.fields.begin(), class_schema.fields.end(),
                     [](const Field& field) { return field.type.kind == FieldKind::kGeoPoint; });
}

void add_field(const ClassSchema& class_schema, std::string_view name, FieldType type, std::vector<Field>& added) {
  if (type.kind == FieldKind::kGeoPoint && has_geo_point(class_schema)) throw_second_geo_point();
  if (!type.target_class.empty() && !is_valid_class_name(type.target_class))
    throw Error(ErrorCode::kInvalidClassName, invalid_class_name_message(type.target_class));
  Field& field = added.emplace_back();
  field.name = name;
  field.type = std::move(type);
}

void check_polygon(const object::UpdateOp& op) {
  const Value* value = set_value(op);
  const object::Polygon* polygon = value ? value->get_if<object::Polygon>() : nullptr;
  if (polygon != nullptr && polygon->points.size() < 3)
    throw Error(ErrorCode::kInvalidJson, "Polygon must have at least 3 values");
}

void check_change(const ClassSchema& class_schema, const FieldUpdate& change, bool maintenance,
                  std::vector<Field>& added) {
  std::optional<FieldType> type = type_of(change.op);
  const std::string_view root = root_field(change.path);
  check_name(class_schema.name, root, maintenance);
  if (!type) return;
  if (type->kind == FieldKind::kPolygon) check_polygon(change.op);
  if (root.size() != change.path.size()) type = FieldType{container_kind(change.path, root), {}};
  if (const FieldType* expected = find_type(class_schema, added, root)) {
    if (*expected != *type) throw_mismatch(class_schema.name, root, *expected, *type);
    return;
  }
  if (const DefaultColumn* column = find_default_column(class_schema.name, root)) {
    const FieldType expected = column_type(*column);
    if (expected != *type) throw_mismatch(class_schema.name, root, expected, *type);
    if (column->use == ColumnUse::kVirtual) return;
  }
  add_field(class_schema, root, std::move(*type), added);
}

const FieldUpdate* find_change(const object::Update& changes, std::string_view path) {
  const auto found =
      std::find_if(changes.begin(), changes.end(), [&](const FieldUpdate& change) { return change.path == path; });
  return found == changes.end() ? nullptr : &*found;
}

bool is_delete(const object::UpdateOp& op) { return std::holds_alternative<DeleteField>(op); }

bool lacks_column(const FieldUpdate* change, bool creating) {
  if (change == nullptr) return creating;
  if (is_delete(change->op)) return true;
  const Value* value = set_value(change->op);
  return creating && value != nullptr && !value->truthy();
}

void check_required_columns(std::string_view class_name, const object::Update& changes, bool creating) {
  for (const std::string_view column : required_columns(class_name)) {
    if (lacks_column(find_change(changes, column), creating))
      throw Error(ErrorCode::kIncorrectType, fmt::format("{} is required.", column));
  }
}

bool is_unset(const Value& value) {
  const std::string* text = value.get_if<std::string>();
  return value.is_null() || (text != nullptr && text->empty());
}

[[noreturn]] void throw_required(std::string_view field) {
  throw Error(ErrorCode::kValidationError, fmt::format("{} is required", field));
}

}  // namespace

std::vector<Field> validate(const ClassSchema& class_schema, const object::Update& changes,
                            const ValidateOptions& options) {
  std::vector<Field> added;
  check_one_geo_point(changes);
  for (const FieldUpdate& change : changes) {
    if (change.path != "ACL") check_change(class_schema, change, options.maintenance, added);
  }
  check_required_columns(class_schema.name, changes, options.creating);
  return added;
}

std::vector<std::string> fill_defaults(const ClassSchema& class_schema, object::Object& object) {
  std::vector<std::string> filled;
  for (const Field& field : class_schema.fields) {
    if (!field.required && !field.default_value) continue;
    const Value* value = object.find(field.name);
    if (value == nullptr && field.default_value) {
      object.append(field.name, *field.default_value);
      filled.push_back(field.name);
    } else if (field.required && (value == nullptr || is_unset(*value))) {
      throw_required(field.name);
    }
  }
  return filled;
}

void check_required(const ClassSchema& class_schema, const object::Update& changes) {
  for (const FieldUpdate& change : changes) {
    const Field* field = class_schema.find_field(change.path);
    if (field == nullptr || !field->required) continue;
    const Value* value = set_value(change.op);
    if (is_delete(change.op) || (value != nullptr && is_unset(*value))) throw_required(field->name);
  }
}

void throw_mismatch(std::string_view class_name, std::string_view field, const FieldType& expected,
                    const FieldType& actual) {
  throw Error(ErrorCode::kIncorrectType, fmt::format("schema mismatch for {}.{}; expected {} but got {}", class_name,
                                                     field, to_text(expected), to_text(actual)));
}

}  // namespace parse::schema
