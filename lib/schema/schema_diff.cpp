#include "schema/schema_diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "object/json.h"
#include "schema/field_definition.h"
#include "schema/field_type.h"
#include "schema/names.h"
#include "schema/permission_text.h"
#include "schema/schema_json.h"

namespace parse::schema {
namespace {

using object::Object;
using object::Value;

constexpr std::array<std::string_view, 10> kKindNames = {
    "createClass",        "deleteClass", "addField",  "deleteField", "changeFieldType",
    "changeFieldOptions", "addIndex",    "dropIndex", "changeIndex", "setPermissions"};

using ByName = std::map<std::string, const Object*>;

ByName by_name(const object::Array& definitions) {
  ByName found;
  for (const Value& definition : definitions) {
    const Object& map = definition.as<Object>();
    found.emplace(map.at("className").as<std::string>(), &map);
  }
  return found;
}

const Object& part(const Object* definition, std::string_view key) {
  static const Object kNothing;
  const Value* value = definition ? definition->find(key) : nullptr;
  const Object* map = value ? value->get_if<Object>() : nullptr;
  return map ? *map : kNothing;
}

// The url of a file is the server's business.
Field field_of(const std::string& class_name, const std::string& name, const Value& json) {
  Field field = read_field_definition(class_name, name, json);
  const object::File* file = field.default_value ? field.default_value->get_if<object::File>() : nullptr;
  if (file != nullptr) field.default_value = object::File{file->name, ""};
  return field;
}

/// Collects the differences of one class.
class ClassDiff {
 public:
  ClassDiff(const std::string& name, std::vector<Change>& changes) : name_(name), changes_(changes) {}

  void run(const Object* have, const Object* want) {
    if (have == nullptr) add(ChangeKind::kCreateClass, "", nullptr, *want);
    compare(part(have, "fields"), part(want, "fields"),
            [this](const std::string& field, auto* before, auto* after) { compare_field(field, before, after); });
    compare(part(have, "indexes"), part(want, "indexes"),
            [this](const std::string& index, auto* before, auto* after) { compare_index(index, before, after); });
    compare_permissions(have ? have->find("classLevelPermissions") : nullptr, want->find("classLevelPermissions"));
  }

 private:
  template <typename Compare>
  static void compare(const Object& have, const Object& want, Compare compare_one) {
    std::set<std::string> names;
    for (const Object* side : {&have, &want}) {
      for (const auto& member : *side) names.insert(member.key);
    }
    for (const std::string& name : names) compare_one(name, have.find(name), want.find(name));
  }

  void compare_field(const std::string& field, const Value* before, const Value* after) {
    if (before == nullptr) return add(ChangeKind::kAddField, field, nullptr, *after);
    if (after == nullptr) {
      lost_.insert(field);
      return add(ChangeKind::kDeleteField, field, *before, nullptr);
    }
    const Field old_field = field_of(name_, field, *before);
    const Field new_field = field_of(name_, field, *after);
    if (old_field.type != new_field.type) {
      lost_.insert(field);
      add(ChangeKind::kRetypeField, field, *before, *after);
    } else if (old_field != new_field) {
      add(ChangeKind::kChangeField, field, *before, *after);
    }
  }

  void compare_index(const std::string& index, const Value* before, const Value* after) {
    if (before == nullptr) return add(ChangeKind::kAddIndex, index, nullptr, *after);
    if (after == nullptr) return add(ChangeKind::kDropIndex, index, *before, nullptr);
    const Index old_index = read_index(index, *before);
    if (old_index != read_index(index, *after) || goes_with_a_field(old_index))
      add(ChangeKind::kChangeIndex, index, *before, *after);
  }

  // The server drops the indexes of a field together with it.
  bool goes_with_a_field(const Index& index) const {
    return std::any_of(index.keys.begin(), index.keys.end(),
                       [this](const IndexKey& key) { return lost_.count(key.field) > 0; });
  }

  void compare_permissions(const Value* before, const Value* after) {
    if (after == nullptr) return;
    if (before != nullptr && permissions_document(before->as<Object>()) == permissions_document(after->as<Object>()))
      return;
    add(ChangeKind::kSetPermissions, "", before ? *before : Value(), *after);
  }

  void add(ChangeKind kind, const std::string& name, Value before, Value after) {
    changes_.push_back({kind, name_, name, std::move(before), std::move(after)});
  }

  const std::string& name_;
  std::vector<Change>& changes_;
  std::set<std::string> lost_;
};

std::string field_text(const Value& json) {
  const Field field = read_field_definition("", "", json);
  std::string text = to_text(field.type);
  if (field.required) text += ", required";
  if (field.default_value) text += ", default " + object::to_json(*field.default_value);
  return text;
}

std::string index_text(const std::string& name, const Value& json) {
  const Index index = read_index(name, json);
  std::vector<std::string> keys;
  for (const IndexKey& key : index.keys) {
    const bool is_plain = key.direction == Value(1);
    keys.push_back(is_plain ? key.field : fmt::format("{} {}", key.field, object::to_json(key.direction)));
  }
  return fmt::format("({}){}{}", fmt::join(keys, ", "), index.unique ? " unique" : "",
                     index.where ? " where " + object::to_json(*index.where) : "");
}

}  // namespace

std::vector<Change> diff(const object::Array& have, const object::Array& want, bool keep_others) {
  const ByName old_classes = by_name(have);
  const ByName new_classes = by_name(want);
  std::set<std::string> names;
  for (const ByName* side : {&old_classes, &new_classes}) {
    for (const auto& [name, definition] : *side) names.insert(name);
  }
  std::vector<Change> changes;
  for (const std::string& name : names) {
    const auto before = old_classes.find(name);
    const auto after = new_classes.find(name);
    if (after != new_classes.end()) {
      ClassDiff(name, changes).run(before == old_classes.end() ? nullptr : before->second, after->second);
    } else if (!keep_others && !is_system_class(name)) {
      changes.push_back({ChangeKind::kDeleteClass, name, "", *before->second, nullptr});
    }
  }
  return changes;
}

bool is_destructive(const Change& change) {
  switch (change.kind) {
    case ChangeKind::kDeleteClass:
    case ChangeKind::kDeleteField:
    case ChangeKind::kRetypeField:
    case ChangeKind::kDropIndex:
    case ChangeKind::kChangeIndex:
      return true;
    case ChangeKind::kCreateClass:
    case ChangeKind::kAddField:
    case ChangeKind::kChangeField:
    case ChangeKind::kAddIndex:
    case ChangeKind::kSetPermissions:
      return false;
  }
  return false;
}

std::string to_text(const Change& change) {
  const std::string path = change.class_name + (change.name.empty() ? "" : "." + change.name);
  switch (change.kind) {
    case ChangeKind::kCreateClass:
      return fmt::format("+ class {}", path);
    case ChangeKind::kDeleteClass:
      return fmt::format("- class {}", path);
    case ChangeKind::kAddField:
      return fmt::format("+ field {} {}", path, field_text(change.after));
    case ChangeKind::kDeleteField:
      return fmt::format("- field {} {}", path, field_text(change.before));
    case ChangeKind::kRetypeField:
    case ChangeKind::kChangeField:
      return fmt::format("~ field {} {} -> {}", path, field_text(change.before), field_text(change.after));
    case ChangeKind::kAddIndex:
      return fmt::format("+ index {} {}", path, index_text(change.name, change.after));
    case ChangeKind::kDropIndex:
      return fmt::format("- index {} {}", path, index_text(change.name, change.before));
    case ChangeKind::kChangeIndex:
      return fmt::format("~ index {} {} -> {}", path, index_text(change.name, change.before),
                         index_text(change.name, change.after));
    case ChangeKind::kSetPermissions:
      return fmt::format("{} permissions of {}: {}", change.before.is_null() ? "+" : "~", path,
                         change_text(change.before, change.after));
  }
  return path;
}

Object to_json(const Change& change) {
  Object json{{"change", kKindNames[static_cast<std::size_t>(change.kind)]}, {"class", change.class_name}};
  if (!change.name.empty()) json.append("name", change.name);
  if (!change.before.is_null()) json.append("before", change.before);
  if (!change.after.is_null()) json.append("after", change.after);
  json.append("destructive", is_destructive(change));
  return json;
}

}  // namespace parse::schema
