#include "schema/protected_fields.h"

#include <algorithm>
#include <optional>

#include "schema/names.h"

namespace parse::schema {
namespace {

using object::Array;
using object::Object;
using object::Value;

constexpr std::string_view kUserField = "userField:";

bool contains(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

void append_names(const Object* rules, std::string_view group, std::vector<std::string>& names) {
  const Value* value = rules ? rules->find(group) : nullptr;
  const Array* list = value ? value->get_if<Array>() : nullptr;
  if (list == nullptr) return;
  for (const Value& item : *list) {
    const std::string* name = item.get_if<std::string>();
    if (name != nullptr && !contains(names, *name)) names.push_back(*name);
  }
}

bool has_group(const Object* rules, std::string_view group) { return rules != nullptr && rules->contains(group); }

void keep_common(std::vector<std::string>& names, const std::vector<std::string>& others) {
  std::erase_if(names, [&](const std::string& name) { return !contains(others, name); });
}

bool is_user(const Value& value, std::string_view user_id) {
  const auto* pointer = value.get_if<object::Pointer>();
  return pointer != nullptr && pointer->object_id == user_id;
}

bool points_to(const Value& value, std::string_view user_id) {
  const Array* list = value.get_if<Array>();
  if (list == nullptr) return is_user(value, user_id);
  return std::any_of(list->begin(), list->end(), [&](const Value& item) { return is_user(item, user_id); });
}

/// The groups that the viewer is in; "*" is everybody.
std::vector<std::string_view> groups_of(const Viewer& viewer) {
  std::vector<std::string_view> groups{"*"};
  if (viewer.user_id.empty()) return groups;
  groups.emplace_back("authenticated");
  groups.insert(groups.end(), viewer.roles.begin(), viewer.roles.end());
  groups.push_back(viewer.user_id);
  return groups;
}

}  // namespace

ProtectedFields::ProtectedFields(const Object* of_class, const Object* of_server, const Viewer& viewer)
    : user_id_(viewer.user_id) {
  if (of_class == nullptr && of_server == nullptr) return;
  const auto fields_of = [&](std::string_view group) {
    std::vector<std::string> names;
    append_names(of_class, group, names);
    append_names(of_server, group, names);
    return names;
  };
  std::optional<std::vector<std::string>> common;
  for (const std::string_view group : groups_of(viewer)) {
    if (!has_group(of_class, group) && !has_group(of_server, group)) continue;
    if (common) {
      keep_common(*common, fields_of(group));
    } else {
      common = fields_of(group);
    }
  }
  hidden_ = std::move(common).value_or(std::vector<std::string>());
  // A rule for the users of a field can only show what the groups hide.
  if (of_class == nullptr || hidden_.empty() || user_id_.empty()) return;
  for (const auto& [group, fields] : *of_class) {
    if (!group.starts_with(kUserField)) continue;
    by_user_field_.push_back({group.substr(kUserField.size()), fields_of(group)});
  }
}

bool ProtectedFields::hides(std::string_view path) const {
  return contains(hidden_, path) || contains(hidden_, root_field(path));
}

std::vector<std::string> ProtectedFields::user_fields() const {
  std::vector<std::string> names;
  for (const UserFieldRule& rule : by_user_field_) names.push_back(rule.field);
  return names;
}

std::vector<std::string> ProtectedFields::hidden_in(const Object& object) const {
  std::vector<std::string> hidden = hidden_;
  for (const UserFieldRule& rule : by_user_field_) {
    const Value* users = object.find(rule.field);
    if (users != nullptr && points_to(*users, user_id_)) keep_common(hidden, rule.hidden);
  }
  return hidden;
}

}  // namespace parse::schema
