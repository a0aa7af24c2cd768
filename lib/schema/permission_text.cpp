#include "schema/permission_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/error.h"
#include "object/json.h"
#include "schema/permissions.h"

namespace parse::schema {
namespace {

using object::Array;
using object::Object;
using object::Value;

constexpr std::string_view kPointer = "pointer:";
constexpr std::string_view kRole = "role:";
constexpr std::string_view kUser = "user:";

template <typename... Args>
[[noreturn]] void fail(fmt::format_string<Args...> text, Args&&... args) {
  throw Error(ErrorCode::kInvalidJson, fmt::format(text, std::forward<Args>(args)...));
}

std::vector<std::string> texts(const Value& value, std::string_view key) {
  const Array* list = value.get_if<Array>();
  std::vector<std::string> found;
  for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
    const std::string* text = (*list)[i].get_if<std::string>();
    if (text == nullptr) break;
    found.push_back(*text);
  }
  if (list == nullptr || found.size() != list->size()) fail("'{}' must be a list of texts", key);
  return found;
}

Array to_array(const std::vector<std::string>& names) { return Array(names.begin(), names.end()); }

int rank(const std::string& entity) {
  if (entity == "*") return 0;
  if (entity == "authenticated") return 1;
  if (entity.starts_with(kRole)) return 2;
  return entity.starts_with(kPointer) ? 3 : 4;
}

void put_in_order(std::vector<std::string>& entities) {
  std::sort(entities.begin(), entities.end(), [](const std::string& left, const std::string& right) {
    return std::pair(rank(left), left) < std::pair(rank(right), right);
  });
  entities.erase(std::unique(entities.begin(), entities.end()), entities.end());
}

Object sorted(const Object& object) {
  std::vector<object::Member> members(object.begin(), object.end());
  std::sort(members.begin(), members.end(), [](const auto& left, const auto& right) { return left.key < right.key; });
  return Object(std::move(members));
}

// Reading and writing for everybody is what an object without an ACL has anyway.
bool is_open_acl(const Value& acl) { return acl == Value(Object{{"*", Object{{"read", true}, {"write", true}}}}); }

// Protecting nothing from everybody says nothing, unless another group's list is narrowed down by it.
bool protects_nothing(const Object& groups) {
  return groups.empty() || (groups.size() == 1 && groups.contains("*") && groups.at("*") == Value(Array()));
}

void append_user_fields(const Object& permissions, std::string_view key, Object& document) {
  const Value* list = permissions.find(key);
  if (list == nullptr) return;
  std::vector<std::string> names = texts(*list, key);
  std::sort(names.begin(), names.end());
  if (!names.empty()) document.append(std::string(key), to_array(names));
}

void append_protected(const Object& permissions, Object& document) {
  const Value* value = permissions.find("protectedFields");
  const Object* groups = value ? value->get_if<Object>() : nullptr;
  if (groups == nullptr || protects_nothing(*groups)) return;
  Object written;
  for (const auto& [who, fields] : sorted(*groups)) {
    std::vector<std::string> names = texts(fields, who);
    std::sort(names.begin(), names.end());
    written.append(who, to_array(names));
  }
  document.append("protectedFields", std::move(written));
}

bool is_operation(std::string_view key) {
  const auto& names = operation_names();
  return std::find(names.begin(), names.end(), key) != names.end();
}

std::string document_text(const Value* value) {
  if (value == nullptr) return "none";
  const auto* list = value->get_if<object::Array>();
  if (list == nullptr) return object::to_json(*value);
  std::vector<std::string> entities;
  for (const Value& entity : *list) entities.push_back(entity.as<std::string>());
  return entities_text(entities);
}

}  // namespace

const std::vector<std::string>& operation_names() {
  static const std::vector<std::string> kNames = [] {
    std::vector<std::string> names;
    for (const Operation operation : {Operation::kFind, Operation::kGet, Operation::kCount, Operation::kCreate,
                                      Operation::kUpdate, Operation::kDelete, Operation::kAddField})
      names.emplace_back(operation_name(operation));
    return names;
  }();
  return kNames;
}

std::string normal_entity(std::string_view text) {
  if (text == "public") return "*";
  if (text.starts_with(kUser)) text.remove_prefix(kUser.size());
  if (text.empty() || text == kRole || text == kPointer)
    fail("'{}' names nobody; there are *, authenticated, role:NAME, pointer:FIELD and user ids", text);
  return std::string(text);
}

std::vector<std::string> to_entities(const Object& rule) {
  std::vector<std::string> entities;
  for (const auto& [who, right] : rule) {
    if (who == "pointerFields") {
      for (const std::string& field : texts(right, who)) entities.push_back(std::string(kPointer) + field);
    } else if (right.truthy()) {
      entities.push_back(who == "requiresAuthentication" ? "authenticated" : who);
    }
  }
  put_in_order(entities);
  return entities;
}

Object to_rule(const std::vector<std::string>& entities) {
  Object rule;
  Array fields;
  std::vector<std::string> ordered;
  for (const std::string& entity : entities) ordered.push_back(normal_entity(entity));
  put_in_order(ordered);
  for (const std::string& who : ordered) {
    if (who.starts_with(kPointer))
      fields.emplace_back(who.substr(kPointer.size()));
    else
      rule.append(who == "authenticated" ? "requiresAuthentication" : who, true);
  }
  if (!fields.empty()) rule.append("pointerFields", std::move(fields));
  return rule;
}

std::string entities_text(const std::vector<std::string>& entities) {
  return entities.empty() ? "nobody" : fmt::format("{}", fmt::join(entities, ", "));
}

Object permissions_document(const Object& permissions) {
  Object document;
  for (const std::string& operation : operation_names()) {
    const Value* rule = permissions.find(operation);
    const Object* map = rule ? rule->get_if<Object>() : nullptr;
    document.append(operation, map ? to_array(to_entities(*map)) : Array());
  }
  append_user_fields(permissions, "readUserFields", document);
  append_user_fields(permissions, "writeUserFields", document);
  append_protected(permissions, document);
  const Value* acl = permissions.find("ACL");
  const Object* rights = acl ? acl->get_if<Object>() : nullptr;
  if (rights != nullptr && !is_open_acl(*acl)) document.append("ACL", sorted(*rights));
  return document;
}

Object read_permissions_document(const Object& document) {
  Object permissions;
  for (const std::string& operation : operation_names()) permissions.append(operation, Object());
  for (const auto& [key, value] : document) {
    if (is_operation(key)) {
      permissions.set(key, to_rule(texts(value, key)));
    } else if (key == "readUserFields" || key == "writeUserFields") {
      permissions.set(key, to_array(texts(value, key)));
    } else if (key == "protectedFields" || key == "ACL") {
      if (!value.is<Object>()) fail("'{}' must be a table", key);
      permissions.set(key, value);
    } else {
      fail("'{}' is no permission; there are {}, readUserFields, writeUserFields, protectedFields and ACL", key,
           fmt::join(operation_names(), ", "));
    }
  }
  if (!permissions.contains("protectedFields")) permissions.append("protectedFields", Object());
  return permissions;
}

std::string change_text(const Value& before, const Value& after) {
  const Object old_document = before.is_null() ? Object() : permissions_document(before.as<Object>());
  const Object new_document = after.is_null() ? Object() : permissions_document(after.as<Object>());
  std::set<std::string> others;
  std::vector<std::string> parts;
  const auto compare = [&](const std::string& key) {
    const Value* left = old_document.find(key);
    const Value* right = new_document.find(key);
    if (left != nullptr && right != nullptr && *left == *right) return;
    parts.push_back(before.is_null() ? fmt::format("{} {}", key, document_text(right))
                                     : fmt::format("{} {} -> {}", key, document_text(left), document_text(right)));
  };
  for (const std::string& operation : operation_names()) compare(operation);
  for (const Object* document : {&old_document, &new_document}) {
    for (const auto& member : *document) others.insert(member.key);
  }
  for (const std::string& operation : operation_names()) others.erase(operation);
  for (const std::string& key : others) compare(key);
  return fmt::format("{}", fmt::join(parts, "; "));
}

}  // namespace parse::schema
