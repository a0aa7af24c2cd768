#include "schema/permissions.h"

#include <algorithm>
#include <array>

namespace parse::schema {
namespace {

using object::Array;
using object::Object;
using object::Value;

constexpr std::string_view kAuthenticated = "authenticated";
constexpr std::array<std::string_view, 7> kNames = {"find", "get", "count", "create", "update", "delete", "addField"};

const Object* find_object(const Object& map, std::string_view key) {
  const Value* value = map.find(key);
  return value ? value->get_if<Object>() : nullptr;
}

const Array* find_list(const Object& map, std::string_view key) {
  const Value* value = map.find(key);
  const Array* list = value ? value->get_if<Array>() : nullptr;
  return list != nullptr && !list->empty() ? list : nullptr;
}

bool grants(const Object& rule, std::string_view who) {
  const Value* value = rule.find(who);
  return value != nullptr && value->truthy();
}

// Only `true` itself counts for a name from outside: a user whose id is "pointerFields" must not match that list.
bool names(const Object& rule, std::string_view who) {
  const Value* value = rule.find(who);
  return value != nullptr && value->is<bool>() && value->as<bool>();
}

bool is_logged_in(const std::vector<std::string>& group) {
  return std::any_of(group.begin(), group.end(), [](const std::string& who) { return who != "*"; });
}

std::string_view user_fields_key(Operation operation) {
  switch (operation) {
    case Operation::kFind:
    case Operation::kGet:
    case Operation::kCount:
      return "readUserFields";
    case Operation::kCreate:
    case Operation::kUpdate:
    case Operation::kDelete:
    case Operation::kAddField:
      return "writeUserFields";
  }
  return {};
}

void append_names(std::vector<std::string>& names, const Array* list) {
  if (list == nullptr) return;
  for (const Value& item : *list) {
    if (const std::string* name = item.get_if<std::string>()) names.push_back(*name);
  }
}

}  // namespace

std::string_view operation_name(Operation operation) { return kNames[static_cast<std::size_t>(operation)]; }

std::optional<Operation> operation_from_name(std::string_view name) {
  const auto found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<Operation>(found - kNames.begin());
}

Decision ClassPermissions::decide(Operation operation, const std::vector<std::string>& group, bool updating) const {
  const Object* rule = find_object(stored_, operation_name(operation));
  if (rule != nullptr) {
    if (grants(*rule, "*")) return {Verdict::kAllowed, "*"};
    const auto named =
        std::find_if(group.begin(), group.end(), [&](const std::string& who) { return names(*rule, who); });
    if (named != group.end()) return {Verdict::kAllowed, *named};
    if (grants(*rule, "requiresAuthentication")) {
      if (!is_logged_in(group)) return {Verdict::kNeedsLogin, kAuthenticated};
      // Pointer permissions narrow a login down to the users that the object points to.
      const bool narrowed = operation != Operation::kCreate && !user_fields(operation).empty();
      return {narrowed ? Verdict::kPointerUsersOnly : Verdict::kAllowed, kAuthenticated};
    }
  }
  if (operation == Operation::kCreate) return {Verdict::kDenied};
  if (find_list(stored_, user_fields_key(operation)) != nullptr) return {Verdict::kPointerUsersOnly};
  const bool has_pointers = rule != nullptr && find_list(*rule, "pointerFields") != nullptr;
  if (has_pointers && (operation != Operation::kAddField || updating)) return {Verdict::kPointerUsersOnly};
  return {Verdict::kDenied};
}

std::vector<std::string> ClassPermissions::user_fields(Operation operation) const {
  std::vector<std::string> names;
  if (const Object* rule = find_object(stored_, operation_name(operation)))
    append_names(names, find_list(*rule, "pointerFields"));
  append_names(names, find_list(stored_, user_fields_key(operation)));
  return names;
}

const Object* ClassPermissions::protected_fields() const { return find_object(stored_, "protectedFields"); }
const Object* ClassPermissions::default_acl() const { return find_object(stored_, "ACL"); }

}  // namespace parse::schema
