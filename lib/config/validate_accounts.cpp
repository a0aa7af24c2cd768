#include "config/validate_accounts.h"

#include <fmt/format.h>

#include <algorithm>

namespace parse::config {
namespace {

using object::Array;
using object::Object;
using object::Value;

bool is_set(const Loaded& loaded, std::string_view name) {
  return std::any_of(loaded.settings.begin(), loaded.settings.end(),
                     [&](const Setting& setting) { return setting.spec->name == name; });
}

bool is_set_below(const Loaded& loaded, std::string_view prefix) {
  return std::any_of(loaded.settings.begin(), loaded.settings.end(),
                     [&](const Setting& setting) { return setting.spec->name.starts_with(prefix); });
}

void add_field(Array& fields, const Value& field) {
  if (std::find(fields.begin(), fields.end(), field) == fields.end()) fields.push_back(field);
}

/// The value of a member, or an empty one.
template <typename T>
T member(const Object& object, std::string_view name) {
  const Value* value = object.find(name);
  return value != nullptr ? value->as<T>() : T();
}

/// E-mail addresses are hidden from everybody, whatever else is hidden. Only an operator who has also said that users
/// do not see their own hidden fields replaces the list instead of adding to it.
void fold_protected_fields(ProtectedFieldsOptions& options) {
  auto users = member<Object>(options.fields, "_User");
  const bool replaces = !options.owner_exempt && users.find("*") != nullptr;
  auto hidden = member<Array>(users, "*");
  for (const std::string& field : options.user_sensitive) add_field(hidden, field);
  if (!replaces) add_field(hidden, "email");
  options.user_sensitive.clear();
  users.set("*", std::move(hidden));
  options.fields.set("_User", std::move(users));
}

void fold_rate_limit(Loaded& loaded) {
  RateLimitOptions& options = loaded.options.rate_limits;
  if (!is_set_below(loaded, "rateLimit.")) return;
  for (const auto* name : {"rateLimit.requestPath", "rateLimit.requestTimeWindow", "rateLimit.requestCount"})
    if (!is_set(loaded, name))
      loaded.errors.push_back(fmt::format("'{}' is required when another option 'rateLimit.…' is set", name));
  options.limits.push_back(std::move(options.single));
  options.single = {};
}

void check_sessions(const SessionOptions& sessions, std::vector<std::string>& errors) {
  if (sessions.expire_inactive && sessions.length.count() <= 0)
    errors.emplace_back("'sessionLength' must be greater than 0 unless 'expireInactiveSessions' is false");
}

void check_lockout(const Loaded& loaded, std::vector<std::string>& errors) {
  const bool threshold = is_set(loaded, "accountLockout.threshold");
  const bool duration = is_set(loaded, "accountLockout.duration");
  if (threshold && !duration)
    errors.emplace_back("'accountLockout.duration' is required when 'accountLockout.threshold' is set");
  if (duration && !threshold)
    errors.emplace_back("'accountLockout.threshold' is required when 'accountLockout.duration' is set");
}

void check_passwords(const PasswordPolicyOptions& policy, std::vector<std::string>& errors) {
  if (policy.reset_token_reuse_if_valid && policy.reset_token_validity.count() == 0)
    errors.emplace_back(
        "'passwordPolicy.resetTokenReuseIfValid' cannot be used without 'passwordPolicy.resetTokenValidityDuration'");
}

void check_email(const Options& options, std::vector<std::string>& errors) {
  const EmailOptions& email = options.email;
  if (!email.verify_user_emails) return;
  if (email.adapter.is_null()) errors.emplace_back("'emailAdapter' is required when 'verifyUserEmails' is true");
  if (email.app_name.empty()) errors.emplace_back("'appName' is required when 'verifyUserEmails' is true");
  if (options.network.public_server_url.empty())
    errors.emplace_back("'publicServerURL' is required when 'verifyUserEmails' is true");
  if (email.verify_token_reuse_if_valid && email.verify_token_validity.count() == 0)
    errors.emplace_back("'emailVerifyTokenReuseIfValid' cannot be used without 'emailVerifyTokenValidityDuration'");
}

}  // namespace

void fold_options(Loaded& loaded) {
  if (!loaded.options.protected_fields.user_sensitive.empty())
    loaded.warnings.emplace_back("'userSensitiveFields' is deprecated; use 'protectedFields'");
  fold_protected_fields(loaded.options.protected_fields);
  fold_rate_limit(loaded);
}

void check_accounts(Loaded& loaded) {
  check_sessions(loaded.options.sessions, loaded.errors);
  check_lockout(loaded, loaded.errors);
  check_passwords(loaded.options.password_policy, loaded.errors);
  check_email(loaded.options, loaded.errors);
  if (!loaded.options.cloud.functions.empty() && loaded.options.cloud.main.empty())
    loaded.errors.emplace_back(
        "'cloud' is required when 'cloudOptions' is set: its functions run beside the Cloud Code");
  if (loaded.options.accounts.enable_insecure_auth_adapters)
    loaded.warnings.emplace_back(
        "'enableInsecureAuthAdapters' is on: some login providers cannot tell for which application a token was made");
  if (loaded.options.accounts.allow_expired_auth_data_token)
    loaded.warnings.emplace_back("'allowExpiredAuthDataToken' is deprecated and will be removed");
}

}  // namespace parse::config
