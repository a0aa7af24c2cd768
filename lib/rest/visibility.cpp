#include "rest/visibility.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/overloaded.h"
#include "rest/accounts.h"
#include "rest/denial.h"
#include "rest/schema_service.h"
#include "schema/names.h"
#include "schema/permissions.h"

namespace parse::rest {
namespace {

using object::Object;
using object::Value;

bool contains(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

const Object* member(const Object& map, std::string_view key) {
  const Value* value = map.find(key);
  return value ? value->get_if<Object>() : nullptr;
}

/// The rules for the caller; none for callers that permissions do not hold.
schema::ProtectedFields rules_for(const Context& context, const std::string& class_name) {
  const auth::Principal& principal = context.principal;
  const schema::Viewer viewer{principal.user_id, principal.roles};
  if (principal.bypasses_permissions()) return {nullptr, nullptr, viewer};
  const auto schema = context.schemas.snapshot();
  const schema::ClassSchema* class_schema = schema->find(class_name);
  const Object* of_class = class_schema != nullptr && class_schema->permissions
                               ? schema::ClassPermissions(*class_schema->permissions).protected_fields()
                               : nullptr;
  return {of_class, member(context.settings.protection.fields, class_name), viewer};
}

/// The id that every result must have, when the query is for one object.
const std::string* wanted_id(const query::Where& where) {
  for (const query::Condition& condition : where.conditions) {
    const auto* field = std::get_if<query::FieldCondition>(&condition);
    const auto* equal = field && field->path == "objectId" ? std::get_if<query::Equal>(&field->constraint) : nullptr;
    if (equal != nullptr && equal->value.is<std::string>()) return equal->value.get_if<std::string>();
  }
  return nullptr;
}

/// Hashes of passwords leave the server by no key.
bool is_secret(std::string_view class_name, std::string_view field) {
  return class_name == "_User" && (field == "_hashed_password" || field == "_password_history");
}

}  // namespace

Visibility::Visibility(const Context& context, const std::string& class_name)
    : context_(context),
      class_name_(class_name),
      is_user_class_(class_name == "_User" && !context.principal.is_maintenance()),
      fields_(rules_for(context, class_name)),
      deciding_fields_(fields_.user_fields()) {}

void Visibility::check_query(const query::Where& where, const std::vector<query::OrderTerm>& order) const {
  if (context_.principal.bypasses_permissions()) return;
  const std::string* id = wanted_id(where);
  const bool is_own = is_user_class_ && id != nullptr && *id == context_.principal.user_id;
  if (is_own && context_.settings.protection.owner_exempt) return;
  check_conditions(where);
  for (const query::OrderTerm& term : order) {
    if (!hides(term.path)) continue;
    throw denial(context_.settings, ErrorCode::kOperationForbidden,
                 fmt::format("This user is not allowed to sort by {} on class {}", term.path, class_name_));
  }
}

void Visibility::check_conditions(const query::Where& where) const {
  const auto check_parts = [&](const std::vector<query::Where>& parts) {
    for (const query::Where& part : parts) check_conditions(part);
  };
  for (const query::Condition& condition : where.conditions) {
    std::visit(overloaded{
                   [&](const query::FieldCondition& field) { check_field(field.path); },
                   [&](const query::And& group) { check_parts(group.parts); },
                   [&](const query::Or& group) { check_parts(group.parts); },
                   [&](const query::Nor& group) { check_parts(group.parts); },
                   [](const auto&) {},
               },
               condition);
  }
}

bool Visibility::hides(std::string_view path) const {
  if (context_.principal.bypasses_permissions()) return false;
  // Only the user himself sees his authData, so nobody else may ask what is in it.
  return fields_.hides(path) || (is_user_class_ && schema::root_field(path) == "authData");
}

bool Visibility::has_values(std::string_view path) const {
  const std::string_view field = schema::root_field(path);
  if (is_secret(class_name_, field)) return false;
  if (schema::is_internal_field(field)) return context_.principal.is_maintenance();
  return !hides(path);
}

void Visibility::check_field(std::string_view field) const {
  if (!hides(field)) return;
  throw denial(context_.settings, ErrorCode::kOperationForbidden,
               fmt::format("This user is not allowed to query {} on class {}", field, class_name_));
}

void Visibility::narrow(query::Find& find, const schema::ClassSchema* class_schema) {
  const bool hides_by_field = !decides_by_object();
  const auto is_hidden = [&](const std::string& name) {
    if (is_secret(class_name_, name)) return true;
    if (schema::is_internal_field(name)) return !context_.principal.is_maintenance();
    return hides_by_field && fields_.hides(name);
  };
  if (class_schema != nullptr) hides_relations_ = hides_relation(*class_schema);
  if (find.keys) {
    std::erase_if(*find.keys, is_hidden);
  } else if (class_schema != nullptr && (class_name_ == "_User" || (hides_by_field && !fields_.hidden().empty()))) {
    find.keys.emplace();
    for (const schema::Field& field : class_schema->fields) {
      if (!is_hidden(field.name)) find.keys->push_back(field.name);
    }
  }
  if (!find.keys) return;
  for (const std::string& field : deciding_fields_) {
    if (contains(*find.keys, field)) continue;
    find.keys->push_back(field);
    borrowed_fields_.push_back(field);
  }
}

bool Visibility::hides_relation(const schema::ClassSchema& class_schema) const {
  return std::any_of(class_schema.fields.begin(), class_schema.fields.end(), [&](const schema::Field& field) {
    return field.type.kind == schema::FieldKind::kRelation && fields_.hides(field.name);
  });
}

void Visibility::redact(Object& object) const {
  const bool is_exempt = is_user_class_ && context_.settings.protection.owner_exempt && is_self(object);
  if (!is_exempt) {
    for (const std::string& field : fields_.hidden_in(object)) object.erase(field);
  }
  for (const std::string& field : borrowed_fields_) object.erase(field);
  if (is_user_class_) redact_user(object);
}

bool Visibility::is_self(const Object& user) const {
  const Value* id = user.find("objectId");
  return id != nullptr && !context_.principal.user_id.empty() && *id == Value(context_.principal.user_id);
}

void Visibility::redact_user(Object& user) const {
  if (!context_.principal.is_master() && !is_self(user)) user.erase("authData");
  show_auth_data(user);
}

/// What a provider's own rule shows of it; secrets such as those of MFA stay here. Providers that were unlinked, and an
/// authData that is empty, are not shown.
void Visibility::show_auth_data(Object& user) const {
  Value* value = user.find("authData");
  Object* stored = value ? value->get_if<Object>() : nullptr;
  Object shown;
  if (stored != nullptr) {
    for (object::Member& entry : *stored) {
      Object* data = entry.value.get_if<Object>();
      if (data == nullptr) continue;
      const auto provider = context_.accounts.providers.find(entry.key);
      const bool is_known = provider != context_.accounts.providers.end();
      shown.append(entry.key, is_known ? provider->second->after_find(std::move(*data), context_.principal.is_master())
                                       : std::move(*data));
    }
  }
  if (shown.empty()) {
    user.erase("authData");
  } else {
    *value = std::move(shown);
  }
}

void hide_in_response(const Context& context, const std::string& class_name, const std::string& id, Object& response) {
  if (context.settings.protection.save_response_exempt || context.principal.bypasses_permissions()) return;
  const bool is_own = class_name == "_User" && id == context.principal.user_id;
  if (is_own && context.settings.protection.owner_exempt) return;
  const schema::ProtectedFields rules = rules_for(context, class_name);
  for (const std::string& field : rules.hidden()) response.erase(field);
}

}  // namespace parse::rest
