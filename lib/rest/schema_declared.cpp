#include "rest/schema_declared.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "logging/logger.h"
#include "schema/default_classes.h"
#include "schema/field_definition.h"
#include "schema/field_type.h"
#include "schema/names.h"
#include "schema/schema_document.h"
#include "schema/schema_json.h"

namespace parse::rest {
namespace {

using object::Object;
using object::Value;
using schema::ClassSchema;
using schema::Field;

// Servers that start together may meet in the same class; each looks again at what the other one did.
constexpr int kAttempts = 4;

const Object& section(const Object& definition, std::string_view key) {
  static const Object kNothing;
  const Value* value = definition.find(key);
  if (value == nullptr || value->is_null()) return kNothing;
  const Object* map = value->get_if<Object>();
  if (map == nullptr) throw Error(ErrorCode::kInvalidJson, fmt::format("{} must be an object", key));
  return *map;
}

Object delete_op() { return Object{{"__op", "Delete"}}; }

Object closed_to_new_fields(Object permissions) {
  permissions.set("addField", Object());
  return permissions;
}

/// Brings one class to its definition.
class Migration {
 public:
  Migration(const Object& definition, const DeclaredSchemas& declared)
      : declared_(declared),
        name_(definition.at("className").as<std::string>()),
        fields_(schema::own_fields(name_, section(definition, "fields"))),
        indexes_(schema::own_indexes(name_, section(definition, "indexes"))),
        permissions_(closed_to_new_fields(section(definition, "classLevelPermissions"))) {}

  void run(SchemaService& service) const {
    const auto snapshot = service.snapshot();
    if (const ClassSchema* existing = snapshot->find(name_)) {
      update(service, *existing);
    } else {
      const Object body{{"fields", fields_}, {"indexes", indexes_}, {"classLevelPermissions", permissions_}};
      service.create_class(name_, body);
    }
  }

 private:
  bool is_own(const Field& field) const {
    return !schema::is_internal_field(field.name) && !schema::is_default_field(field.name, name_);
  }

  // What goes away goes first, so that a field or index can come back under the same name in another form.
  void update(SchemaService& service, const ClassSchema& existing) const {
    const schema::EditRules rules = service.edit_rules();
    const ClassSchema fewer_indexes = schema::edited_class(existing, {{"indexes", deleted_indexes(existing)}}, rules);
    const ClassSchema fewer = schema::edited_class(fewer_indexes, {{"fields", deleted_fields(existing)}}, rules);
    const Object additions{{"fields", changed_fields(fewer)},
                           {"indexes", missing_indexes(fewer)},
                           {"classLevelPermissions", permissions_}};
    const ClassSchema after = schema::edited_class(fewer, additions, rules);
    if (fewer != existing) service.replace_class(existing, fewer);
    service.replace_class(fewer, after);
  }

  Object deleted_indexes(const ClassSchema& existing) const {
    Object deleted;
    for (const schema::Index& index : existing.indexes) {
      if (schema::is_default_index(name_, index.name)) continue;
      const Value* json = indexes_.find(index.name);
      const bool goes =
          json == nullptr ? !declared_.keep_unknown_indexes : schema::read_index(index.name, *json) != index;
      if (goes) deleted.append(index.name, delete_op());
    }
    return deleted;
  }

  Object deleted_fields(const ClassSchema& existing) const {
    Object deleted;
    for (const Field& field : existing.fields) {
      if (is_own(field) && (is_extra(field) || is_recreated(field))) deleted.append(field.name, delete_op());
    }
    return deleted;
  }

  bool is_extra(const Field& field) const {
    if (fields_.contains(field.name)) return false;
    if (declared_.delete_extra_fields) return true;
    if (declared_.strict)
      logging::warn("The field \"{}\" exists in the database for \"{}\", but is missing in the schema", field.name,
                    name_);
    return false;
  }

  bool is_recreated(const Field& field) const {
    const Value* json = fields_.find(field.name);
    if (json == nullptr) return false;
    const Field wanted = schema::read_field_definition(name_, field.name, *json);
    if (wanted.type == field.type) return false;
    if (declared_.recreate_modified_fields) return true;
    if (declared_.strict)
      logging::warn("The field \"{}\" of \"{}\" is of type {} in the database, but declared as {}", field.name, name_,
                    schema::to_text(field.type), schema::to_text(wanted.type));
    return false;
  }

  // New fields and those with other options; a field whose type differs here was left alone on purpose.
  Object changed_fields(const ClassSchema& before) const {
    Object changed;
    for (const auto& [name, json] : fields_) {
      const Field* field = before.find_field(name);
      const bool wanted = field == nullptr || (schema::read_field_definition(name_, name, json).type == field->type);
      if (wanted) changed.append(name, json);
    }
    return changed;
  }

  Object missing_indexes(const ClassSchema& before) const {
    Object missing;
    for (const auto& [name, json] : indexes_) {
      if (before.find_index(name) == nullptr) missing.append(name, json);
    }
    return missing;
  }

  const DeclaredSchemas& declared_;
  const std::string name_;
  const Object fields_;
  const Object indexes_;
  const Object permissions_;
};

void apply_one(SchemaService& service, const Object& definition, const DeclaredSchemas& declared) {
  const std::string& name = definition.at("className").as<std::string>();
  for (int attempt = 1;; ++attempt) {
    try {
      Migration(definition, declared).run(service);
      return;
    } catch (const Error& error) {
      if (attempt < kAttempts && is_schema_race(error)) {
        service.reload();
        continue;
      }
      const std::string message = fmt::format("The declared schema of {} cannot be applied: {}", name, error.message());
      if (declared.strict) throw Error(error.code(), message, error.cause());
      logging::error("{}", message);
      return;
    }
  }
}

std::vector<std::string> declared_names(const DeclaredSchemas& declared) {
  std::vector<std::string> names;
  for (const Value& definition : declared.definitions) {
    const std::string& name = definition.as<Object>().at("className").as<std::string>();
    if (std::find(names.begin(), names.end(), name) != names.end())
      throw Error(ErrorCode::kInvalidClassName, fmt::format("The declared schemas name the class {} twice.", name));
    names.push_back(name);
  }
  return names;
}

// Classes that nobody declared keep their permissions, but clients cannot add fields to them any more.
void close_other_classes(SchemaService& service, const std::vector<std::string>& names, bool strict) {
  const auto snapshot = service.snapshot();
  for (const auto& [name, class_schema] : snapshot->classes()) {
    if (schema::is_volatile_class(name) || std::find(names.begin(), names.end(), name) != names.end()) continue;
    if (strict && !schema::is_system_class(name))
      logging::warn("The class \"{}\" is in the database, but not declared in the schema option", name);
    ClassSchema closed = *class_schema;
    closed.permissions = closed_to_new_fields(schema::describe(*class_schema).at("classLevelPermissions").as<Object>());
    service.replace_class(*class_schema, closed);
  }
}

}  // namespace

void apply_declared_schemas(SchemaService& service, const DeclaredSchemas& declared) {
  logging::info("Applying {} declared schemas", declared.definitions.size());
  const std::vector<std::string> names = declared_names(declared);
  service.ensure_class("_Session");
  for (const Value& definition : declared.definitions) {
    const Object& map = definition.as<Object>();
    if (!map.contains("classLevelPermissions"))
      logging::warn("classLevelPermissions not provided for {}.", map.at("className").as<std::string>());
    apply_one(service, map, declared);
  }
  close_other_classes(service, names, declared.strict);
}

}  // namespace parse::rest
