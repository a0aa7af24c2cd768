#include "query/where_parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/error.h"
#include "query/where_scope.h"

namespace parse::query {
namespace {

using object::Array;
using object::Object;
using object::Value;

constexpr std::array<std::string_view, 2> kInternalKeys{"_rperm", "_wperm"};
constexpr std::array<std::string_view, 10> kMasterKeys{"_email_verify_token",  "_email_verify_token_expires_at",
                                                       "_perishable_token",    "_perishable_token_expires_at",
                                                       "_failed_login_count",  "_account_lockout_expires_at",
                                                       "_password_changed_at", "_password_history",
                                                       "_tombstone",           "_session_token"};

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_plain_key(std::string_view key) {
  if (key.empty() || !is_letter(key.front())) return false;
  return std::all_of(key.begin(), key.end(),
                     [](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '.'; });
}

void check_key(std::string_view key, const Scope& scope) {
  if (is_plain_key(key) || is_one_of(kInternalKeys, key)) return;
  if (scope.context.is_master && is_one_of(kMasterKeys, key)) return;
  throw Error(ErrorCode::kInvalidKeyName, fmt::format("Invalid key name: {}", key));
}

void check_depth(const Scope& scope) {
  const auto& limit = scope.context.limits.query_depth;
  const int allowed = scope.context.is_master || !limit ? kMaxWhereDepth : std::min(*limit, kMaxWhereDepth);
  if (scope.depth > allowed) {
    throw Error(ErrorCode::kInvalidQuery,
                fmt::format("Query condition nesting depth exceeds maximum allowed depth of {}", allowed));
  }
}

[[noreturn]] void fail_no_list(std::string_view name, const WhereContext& context) {
  std::string message = fmt::format("{} must be an array", name);
  if (context.is_master) {
    message = fmt::format("Bad {} format - use an array {}.", name, name == "$nor" ? "of at least 1 value" : "value");
  } else if (context.sanitize_errors) {
    message = "Permission denied";
  }
  throw Error(ErrorCode::kInvalidQuery, std::move(message));
}

std::vector<Where> read_branches(std::string_view name, const Value& value, const Scope& scope) {
  const Array* branches = value.get_if<Array>();
  if (branches == nullptr) fail_no_list(name, scope.context);
  if (branches->empty() && name == "$nor")
    throw Error(ErrorCode::kInvalidQuery, "Bad $nor format - use an array of at least 1 value.");
  Scope inner = scope;
  ++inner.depth;
  inner.in_nor = scope.in_nor || name == "$nor";
  std::vector<Where> parts;
  parts.reserve(branches->size());
  for (const Value& branch : *branches) {
    if (!branch.is<Object>() && !branch.is<Array>())
      throw Error(ErrorCode::kInvalidQuery, fmt::format("Bad {} format - use an array of objects.", name));
    parts.push_back(read_where(branch, inner));
  }
  return parts;
}

RelatedTo read_related_to(const Value& value) {
  const Object* map = value.get_if<Object>();
  const Value* owner = map ? map->find("object") : nullptr;
  const Value* key = map ? map->find("key") : nullptr;
  if (owner == nullptr || key == nullptr || !owner->is<object::Pointer>() || !key->is<std::string>() ||
      !is_plain_key(key->as<std::string>()))
    throw Error(ErrorCode::kInvalidQuery, "improper usage of $relatedTo");
  return {owner->as<object::Pointer>(), key->as<std::string>(), Box<Where>()};
}

bool is_operator(const object::Member& member) { return member.key.starts_with('$'); }

/// `{"a":1,"$exists":true}` means `{"$eq":{"a":1},"$exists":true}`.
Object with_equality(const Object& mixed) {
  Object operators;
  Object equal;
  for (const auto& [key, value] : mixed) (key.starts_with('$') ? operators : equal).append(key, value);
  if (!equal.empty()) operators.set("$eq", std::move(equal));
  return operators;
}

void add_constraints(const FieldScope& field, Where& where) {
  FieldConstraints found = read_constraints(field);
  for (Constraint& constraint : found.all)
    where.conditions.emplace_back(FieldCondition{field.path, std::move(constraint)});
  if (found.any.size() == 1) {
    where.conditions.emplace_back(FieldCondition{field.path, std::move(found.any.front())});
  } else if (!found.any.empty()) {
    Or either;
    for (Constraint& constraint : found.any) {
      either.parts.emplace_back();
      either.parts.back().conditions.emplace_back(FieldCondition{field.path, std::move(constraint)});
    }
    where.conditions.emplace_back(std::move(either));
  }
}

void read_field(const std::string& path, const Value& value, const Scope& scope, Where& where) {
  check_key(path, scope);
  const schema::Field* field = scope.find_field(path);
  const Object* map = value.get_if<Object>();
  if (map == nullptr || std::none_of(map->begin(), map->end(), is_operator)) {
    where.conditions.emplace_back(FieldCondition{path, Equal{read_operand(value, field)}});
  } else if (std::all_of(map->begin(), map->end(), is_operator)) {
    add_constraints({scope, path, field, *map}, where);
  } else {
    add_constraints({scope, path, field, with_equality(*map)}, where);
  }
}

void read_key(const std::string& key, const Value& value, const Scope& scope, Where& where) {
  if (key == "$or") {
    where.conditions.emplace_back(Or{read_branches(key, value, scope)});
  } else if (key == "$and") {
    where.conditions.emplace_back(And{read_branches(key, value, scope)});
  } else if (key == "$nor") {
    where.conditions.emplace_back(Nor{read_branches(key, value, scope)});
  } else if (key == "$relatedTo" && !scope.in_nor) {
    where.conditions.emplace_back(read_related_to(value));
  } else if (key == "ACL") {
    throw Error(ErrorCode::kInvalidQuery, "Cannot query on ACL.");
  } else {
    read_field(key, value, scope, where);
  }
}

}  // namespace

const schema::Field* Scope::find_field(std::string_view path) const {
  const schema::ClassSchema* found = context.schema.find(class_name);
  return found ? found->find_field(path) : nullptr;
}

Where read_where(const Value& value, const Scope& scope) {
  check_depth(scope);
  Where where;
  if (const Object* map = value.get_if<Object>()) {
    where.conditions.reserve(map->size());
    for (const auto& [key, constraint] : *map) read_key(key, constraint, scope, where);
  } else if (const Array* list = value.get_if<Array>()) {
    // An array is an object with the keys 0, 1, … to the reference.
    if (!list->empty()) check_key("0", scope);
  } else if (!value.is_null() && !value.is_number() && !value.is<bool>()) {
    // A typed value: its map had `__type` as a key.
    check_key("__type", scope);
  }
  return where;
}

Where parse_where(const Value& where, const WhereContext& context) {
  return read_where(where, Scope{context, context.class_name});
}

}  // namespace parse::query
