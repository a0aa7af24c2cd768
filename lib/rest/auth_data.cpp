#include "rest/auth_data.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "rest/accounts.h"
#include "rest/denial.h"
#include "rest/user_rows.h"

namespace parse::rest {
namespace {

using object::Object;
using object::Value;

std::vector<std::string> sorted_names(const Object& auth_data) {
  std::vector<std::string> names;
  for (const auto& member : auth_data) names.push_back(member.key);
  std::sort(names.begin(), names.end());
  return names;
}

auth::Provider* find_provider(const Context& context, const std::string& name) {
  const auto found = context.accounts.providers.find(name);
  return found == context.accounts.providers.end() ? nullptr : found->second.get();
}

/// Every member sent is stored already: a client that sends back what it was shown.
bool is_part_of(const Object& sent, const Object* stored) {
  return stored != nullptr && !sent.empty() && std::all_of(sent.begin(), sent.end(), [&](const auto& member) {
           const Value* value = stored->find(member.key);
           return value != nullptr && *value == member.value;
         });
}

std::optional<query::Where> linked_to(const std::string& provider, const Object& data) {
  const Value* id = data.find("id");
  if (id == nullptr || !id->truthy()) return std::nullopt;
  if (!id->is<std::string>()) {
    throw Error(ErrorCode::kInvalidValue, fmt::format("Invalid authData id for provider '{}'.", provider));
  }
  query::Where where;
  where.conditions.push_back(query::FieldCondition{"authData." + provider + ".id", query::Equal{*id}});
  return where;
}

/// The caller is that user, or may act for him.
bool acts_for(const Context& context, const Object* user) {
  if (user == nullptr) return false;
  const auth::Principal& principal = context.principal;
  return principal.is_master() || (!principal.user_id.empty() && principal.user_id == text_of(*user, "objectId"));
}

auth::AuthPhase phase_of(const Context& context, const std::string& provider, const Object* user) {
  const Object* stored = user ? map_of(*user, "authData") : nullptr;
  const bool is_set_up = stored != nullptr && map_of(*stored, provider) != nullptr;
  if (!is_set_up) return auth::AuthPhase::kSetUp;
  return acts_for(context, user) ? auth::AuthPhase::kUpdate : auth::AuthPhase::kLogin;
}

/// What is asked for on top of a login protects the account, also from somebody who found an open session: only the
/// master key takes it away (GHSA-mw9v-j7v7-vh97).
void check_may_unlink(const Context& context, const std::string& name, const Object* user) {
  const Object* stored = user ? map_of(*user, "authData") : nullptr;
  const Object* data = stored ? map_of(*stored, name) : nullptr;
  const auth::Provider* provider = find_provider(context, name);
  if (data == nullptr || provider == nullptr || context.principal.bypasses_permissions()) return;
  if (provider->policy(data) != auth::ProviderPolicy::kAdditional) return;
  throw denial(context.settings, ErrorCode::kOperationForbidden,
               "authData." + name + " can only be removed with the master key.");
}

query::Condition still_stored(const std::string& provider, const Object* user) {
  const Object* stored = user ? map_of(*user, "authData") : nullptr;
  const Value* data = stored ? stored->find(provider) : nullptr;
  return query::FieldCondition{"authData." + provider, query::Equal{data ? *data : Value()}};
}

void keep_result(const std::string& name, const Object& sent, auth::ProviderResult result, const Object* user,
                 AuthDataOutcome& outcome) {
  if (result.response) outcome.response.set(name, std::move(*result.response));
  if (result.single_use) outcome.unchanged.push_back(still_stored(name, user));
  if (result.fail_after_save) outcome.fail_after_save = std::move(result.fail_after_save);
  if (!result.do_not_save) outcome.data.set(name, result.save ? std::move(*result.save) : sent);
}

}  // namespace

void throw_unsupported_login() {
  throw Error(ErrorCode::kUnsupportedService, "This authentication method is unsupported.");
}

bool has_auth_data(const Value* auth_data) {
  const Object* map = auth_data ? auth_data->get_if<Object>() : nullptr;
  return map != nullptr && std::any_of(map->begin(), map->end(), [](const auto& member) {
           const Object* data = member.value.template get_if<Object>();
           return data != nullptr && !data->empty();
         });
}

std::string provider_names(const Object& auth_data) {
  std::string names;
  for (const auto& member : auth_data) {
    if (!names.empty()) names += ',';
    names += member.key;
  }
  return names;
}

std::vector<Object> find_linked_users(const Context& context, Object& auth_data, const Object* stored, bool exchange) {
  query::Or any;
  for (object::Member& member : auth_data) {
    auth::Provider* provider = find_provider(context, member.key);
    Object* data = member.value.get_if<Object>();
    if (provider == nullptr || data == nullptr) continue;
    const Object* known = stored ? map_of(*stored, member.key) : nullptr;
    if (exchange && !is_part_of(*data, known)) provider->before_find(*data);
    if (!provider->identifies_users()) continue;
    if (auto where = linked_to(member.key, *data)) any.parts.push_back(std::move(*where));
  }
  if (any.parts.empty()) return {};
  query::Where where;
  where.conditions.push_back(std::move(any));
  return find_users(context, std::move(where), 2);
}

AuthDataOutcome check_auth_data(const Context& context, const Object& auth_data, const Object* user) {
  AuthDataOutcome outcome;
  const auth::ProviderRequest request{context.client.ip, context.client.installation_id, context.principal.is_master(),
                                      user};
  for (const std::string& name : sorted_names(auth_data)) {
    const Value& sent = auth_data.at(name);
    if (sent.is_null()) {
      check_may_unlink(context, name, user);
      outcome.data.set(name, Value());
      continue;
    }
    auth::Provider* provider = find_provider(context, name);
    const Object* data = sent.get_if<Object>();
    if (provider == nullptr || data == nullptr) throw_unsupported_login();
    keep_result(name, *data, provider->validate(phase_of(context, name, user), *data, request), user, outcome);
  }
  return outcome;
}

Object changed_auth_data(const Object& sent, const Object* stored) {
  if (stored == nullptr) return sent;
  Object changed;
  for (const auto& [name, value] : sent) {
    if (name == "anonymous") continue;
    const Object* data = value.get_if<Object>();
    if (data != nullptr && is_part_of(*data, map_of(*stored, name))) continue;
    changed.append(name, value);
  }
  return changed;
}

void require_additional_providers(const Context& context, const Object& sent, const Object* stored) {
  if (stored == nullptr) return;
  std::string missing;
  for (const auto& [name, value] : *stored) {
    const auth::Provider* provider = find_provider(context, name);
    const Object* data = value.get_if<Object>();
    if (provider == nullptr || data == nullptr) continue;
    const Value* given = sent.find(name);
    const bool is_given = given != nullptr && given->truthy();
    const auth::ProviderPolicy policy = provider->policy(data);
    if (is_given && policy != auth::ProviderPolicy::kDefault) return;
    if (policy == auth::ProviderPolicy::kAdditional) missing += (missing.empty() ? "" : ",") + name;
  }
  if (!missing.empty()) throw Error(ErrorCode::kOtherCause, "Missing additional authData " + missing);
}

object::Update auth_data_changes(const AuthDataOutcome& outcome) {
  object::Update changes;
  for (const auto& [name, data] : outcome.data) {
    const std::string path = "authData." + name;
    if (data.is_null()) {
      changes.push_back({path, object::DeleteField{}});
    } else {
      changes.push_back({path, object::SetValue{data}});
    }
  }
  return changes;
}

void store_auth_data(const Context& context, const std::string& user_id, const AuthDataOutcome& outcome) {
  if (!outcome.data.empty()) {
    query::Where where = user_with_id(user_id);
    where.conditions.insert(where.conditions.end(), outcome.unchanged.begin(), outcome.unchanged.end());
    try {
      if (!update_user(context, std::move(where), auth_data_changes(outcome))) {
        throw Error(ErrorCode::kScriptFailed, "Invalid auth data");
      }
    } catch (const Error& error) {
      if (error.code() != ErrorCode::kDuplicateValue) throw;
      throw Error(ErrorCode::kAccountAlreadyLinked, "this auth is already used");
    }
  }
  if (outcome.fail_after_save) throw Error(*outcome.fail_after_save);
}

}  // namespace parse::rest
