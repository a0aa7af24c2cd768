#include "schema/schema_document.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "schema/default_classes.h"
#include "schema/field_definition.h"
#include "schema/field_type.h"
#include "schema/names.h"
#include "schema/permission_text.h"
#include "schema/schema_json.h"

namespace parse::schema {
namespace {

using object::Array;
using object::Object;
using object::Value;

[[noreturn]] void fail(const std::string& place, std::string_view why) {
  throw Error(ErrorCode::kInvalidJson, fmt::format("{}: {}", place, why));
}

Object sorted(const Object& object) {
  std::vector<object::Member> members(object.begin(), object.end());
  std::sort(members.begin(), members.end(), [](const auto& left, const auto& right) { return left.key < right.key; });
  return Object(std::move(members));
}

const Object& table(const Value& value, const std::string& place) {
  const Object* map = value.get_if<Object>();
  if (map == nullptr) fail(place, "must be a table");
  return *map;
}

/// The table `key` of `parent`; an absent one is empty.
const Object& section(const Object& parent, std::string_view key, const std::string& place) {
  static const Object kNothing;
  const Value* value = parent.find(key);
  return value ? table(*value, fmt::format("{}.{}", place, key)) : kNothing;
}

template <typename Part>
auto at_place(const std::string& place, Part part) {
  try {
    return part();
  } catch (const Error& error) {
    fail(place, error.message());
  }
}

Value field_entry(const Object& definition) {
  const Value* target = definition.find("targetClass");
  const auto kind = kind_from_name(definition.at("type").as<std::string>());
  const FieldType type{kind.value_or(FieldKind::kString), target ? target->as<std::string>() : std::string()};
  const Value* required = definition.find("required");
  const Value* value = definition.find("defaultValue");
  if (required == nullptr && value == nullptr) return to_text(type);
  Object entry{{"type", to_text(type)}};
  if (required != nullptr) entry.append("required", *required);
  if (value != nullptr) entry.append("default", *value);
  return entry;
}

FieldType read_type(const Value& value, const std::string& place) {
  const std::string* text = value.get_if<std::string>();
  if (text == nullptr) fail(place, "the type must be a text");
  const auto type = type_from_text(*text);
  if (!type)
    fail(place, fmt::format("'{}' is no field type; there are String, Number, Boolean, Date, File, GeoPoint, Polygon, "
                            "Array, Object, Bytes, Pointer<Class> and Relation<Class>",
                            *text));
  return *type;
}

Field read_field_entry(const std::string& name, const Value& entry, const std::string& place) {
  Field field;
  field.name = name;
  const Object* map = entry.get_if<Object>();
  if (map == nullptr) {
    field.type = read_type(entry, place);
    return field;
  }
  if (!map->contains("type")) fail(place, "has no type");
  for (const auto& [key, value] : *map) {
    if (key == "type") {
      field.type = read_type(value, place);
    } else if (key == "required" && value.is<bool>()) {
      field.required = value.as<bool>();
    } else if (key == "default") {
      field.default_value = value;
    } else {
      fail(place, fmt::format("'{}' is wrong; there are type, required = true or false, and default", key));
    }
  }
  return field;
}

Object read_fields(const std::string& class_name, const Object& entries, const std::string& place) {
  Object fields;
  for (const auto& [name, entry] : entries) {
    const std::string here = fmt::format("{}.{}", place, name);
    if (!is_valid_field_name(name, class_name)) fail(here, "is no valid field name");
    const Object json = write_field(read_field_entry(name, entry, here));
    fields.append(
        name, at_place(here, [&, &name = name] { return write_field(read_field_definition(class_name, name, json)); }));
  }
  return fields;
}

std::string key_text(const IndexKey& key) {
  if (const std::string* special = key.direction.get_if<std::string>()) return key.field + ":" + *special;
  return key.direction.number() < 0 ? "-" + key.field : key.field;
}

IndexKey read_key(const std::string& text) {
  if (text.starts_with('-')) return {text.substr(1), -1};
  const std::size_t colon = text.find(':');
  if (colon == std::string::npos) return {text, 1};
  return {text.substr(0, colon), text.substr(colon + 1)};
}

Value index_entry(const Index& index) {
  Array keys;
  for (const IndexKey& key : index.keys) keys.emplace_back(key_text(key));
  if (!index.unique && !index.where) return keys;
  Object entry{{"keys", std::move(keys)}};
  if (index.unique) entry.append("unique", true);
  if (index.where) entry.append("where", *index.where);
  return entry;
}

void read_keys(const Value& value, Index& index, const std::string& place) {
  const Array* list = value.get_if<Array>();
  if (list == nullptr) fail(place, "the keys must be a list");
  for (const Value& key : *list) {
    const std::string* text = key.get_if<std::string>();
    if (text == nullptr || text->empty())
      fail(place, "a key must be a text: \"field\", \"-field\" (descending), \"field:2dsphere\", \"field:text\"");
    index.keys.push_back(read_key(*text));
  }
}

Object read_index_entry(const std::string& name, const Value& entry, const std::string& place) {
  Index index;
  index.name = name;
  const Object* map = entry.get_if<Object>();
  if (map == nullptr) {
    read_keys(entry, index, place);
  } else {
    for (const auto& [key, value] : *map) {
      if (key == "keys") {
        read_keys(value, index, place);
      } else if (key == "unique" && value.is<bool>()) {
        index.unique = value.as<bool>();
      } else if (key == "where" && value.is<Object>()) {
        index.where = value.as<Object>();
      } else {
        fail(place, fmt::format("'{}' is wrong; there are keys, unique = true or false, and where", key));
      }
    }
  }
  return at_place(place, [&] { return write_index(read_index(name, write_index(index))); });
}

Object class_entry(const Object& definition) {
  Object entry;
  Object fields;
  for (const auto& [name, field] : definition.at("fields").as<Object>())
    fields.append(name, field_entry(field.as<Object>()));
  if (!fields.empty()) entry.append("fields", std::move(fields));
  Object indexes;
  for (const auto& [name, index] : definition.at("indexes").as<Object>())
    indexes.append(name, index_entry(read_index(name, index)));
  if (!indexes.empty()) entry.append("indexes", std::move(indexes));
  if (const Value* permissions = definition.find("classLevelPermissions"))
    entry.append("permissions", permissions_document(permissions->as<Object>()));
  return entry;
}

Object read_class(const std::string& name, const Object& entry, const std::string& place) {
  if (!is_valid_class_name(name)) fail(place, invalid_class_name_message(name));
  for (const auto& [key, value] : entry) {
    if (key != "fields" && key != "indexes" && key != "permissions")
      fail(place, fmt::format("'{}' is no part of a class; there are fields, indexes and permissions", key));
  }
  Object definition{{"className", name}};
  definition.append("fields", read_fields(name, section(entry, "fields", place), place + ".fields"));
  Object indexes;
  for (const auto& [index, value] : section(entry, "indexes", place))
    indexes.append(index, read_index_entry(index, value, fmt::format("{}.indexes.{}", place, index)));
  definition.append("indexes", std::move(indexes));
  if (entry.contains("permissions")) {
    const std::string here = place + ".permissions";
    const Object& permissions = section(entry, "permissions", place);
    definition.append("classLevelPermissions", at_place(here, [&] { return read_permissions_document(permissions); }));
  }
  return own_definition(definition);
}

/// `{"results":[{"className", …}]}`
SchemaDocument read_answer(const Value& results) {
  const Array* list = results.get_if<Array>();
  if (list == nullptr) fail("results", "must be a list of classes");
  SchemaDocument read;
  for (const Value& item : *list) {
    const Object& definition = table(item, "results");
    const Value* name = definition.find("className");
    if (name == nullptr || !name->is<std::string>()) fail("results", "a class has no className");
    read.definitions.emplace_back(own_definition(definition));
  }
  return read;
}

}  // namespace

Object own_fields(const std::string& class_name, const Object& fields) {
  Object own;
  for (const auto& [name, json] : fields) {
    if (!is_default_field(name, class_name)) own.append(name, json);
  }
  return own;
}

Object own_indexes(const std::string& class_name, const Object& indexes) {
  Object own;
  for (const auto& [name, json] : indexes) {
    if (name != "_id_" && !is_default_index(class_name, name)) own.append(name, json);
  }
  return own;
}

Object own_definition(const Object& definition) {
  const std::string& name = definition.at("className").as<std::string>();
  Object own{{"className", name}};
  own.append("fields", sorted(own_fields(name, section(definition, "fields", name))));
  own.append("indexes", sorted(own_indexes(name, section(definition, "indexes", name))));
  if (const Value* permissions = definition.find("classLevelPermissions"))
    own.append("classLevelPermissions", *permissions);
  return own;
}

Object write_document(const SchemaDocument& document) {
  Object classes;
  for (const Value& definition : document.definitions) {
    const Object& map = definition.as<Object>();
    classes.append(map.at("className").as<std::string>(), class_entry(own_definition(map)));
  }
  Object written;
  if (document.is_partial) written.append("partial", true);
  written.append("classes", sorted(classes));
  return written;
}

SchemaDocument read_document(const Value& document) {
  const Object& map = table(document, "the file");
  if (const Value* results = map.find("results")) return read_answer(*results);
  SchemaDocument read;
  for (const auto& [key, value] : map) {
    if (key == "partial" && value.is<bool>())
      read.is_partial = value.as<bool>();
    else if (key != "classes")
      fail(key, "is no part of a schema file; there are classes and partial = true or false");
  }
  if (!map.contains("classes")) fail("classes", "is missing: a schema file has a table for each class");
  for (const auto& [name, entry] : sorted(section(map, "classes", "the file"))) {
    const std::string place = "classes." + name;
    read.definitions.emplace_back(read_class(name, table(entry, place), place));
  }
  return read;
}

}  // namespace parse::schema
