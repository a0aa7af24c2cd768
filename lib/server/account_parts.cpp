#include "server/account_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <thread>
#include <utility>

#include "auth/providers/registry.h"
#include "base/error.h"
#include "logging/logger.h"

namespace parse::server {
namespace {

/// Waiting logins hold a request thread each; this leaves a quarter of them to others.
constexpr std::size_t kWaitingPasswords = 96;

/// Every core may hash, as it gives way to everything else.
auth::PasswordHasherSettings hasher_settings() {
  return {.threads = std::max(1U, std::thread::hardware_concurrency()), .queue_capacity = kWaitingPasswords};
}

cache::MemoryCacheSettings cache_settings(const config::CacheOptions& options) {
  return {options.max_size, options.ttl};
}

std::optional<std::int64_t> session_seconds(const config::SessionOptions& options) {
  if (!options.expire_inactive) return std::nullopt;
  return std::chrono::duration_cast<std::chrono::seconds>(options.length).count();
}

auth::SessionSettings session_settings(const config::Options& options) {
  auth::SessionSettings settings{cache_settings(options.cache), options.sessions.extend_on_use, std::nullopt};
  if (options.sessions.expire_inactive) settings.length = options.sessions.length.count();
  return settings;
}

rest::AccountSettings account_settings(const config::Options& options) {
  rest::AccountSettings settings;
  settings.enforce_private_users = options.accounts.enforce_private_users;
  settings.convert_username_to_lowercase = options.accounts.convert_username_to_lowercase;
  settings.convert_email_to_lowercase = options.accounts.convert_email_to_lowercase;
  settings.session_length = session_seconds(options.sessions);
  settings.revoke_session_on_password_reset = options.sessions.revoke_on_password_reset;
  settings.allow_expired_auth_data_token = options.accounts.allow_expired_auth_data_token;
  settings.verify_user_emails = options.email.verify_user_emails;
  settings.prevent_login_with_unverified_email = options.email.prevent_login_with_unverified_email;
  settings.prevent_signup_with_unverified_email = options.email.prevent_signup_with_unverified_email;
  settings.username_taken_level =
      logging::parse_level(options.log.signup_username_taken).value_or(logging::Level::kInfo);
  return settings;
}

std::shared_ptr<const query::CompiledRegex> password_pattern(const std::string& pattern) {
  if (pattern.empty()) return nullptr;
  try {
    return std::make_shared<const query::CompiledRegex>(pattern, "");
  } catch (const Error& error) {
    throw Error(ErrorCode::kInvalidValue,
                fmt::format("'passwordPolicy.validatorPattern' is no regular expression: {}", error.message()));
  }
}

auth::PasswordPolicy policy(const config::PasswordPolicyOptions& options) {
  return {password_pattern(options.validator_pattern), options.validation_error, options.do_not_allow_username,
          options.max_password_history, std::chrono::duration_cast<std::chrono::days>(options.max_password_age)};
}

auth::AccountLockout lockout(const config::LockoutOptions& options) {
  return {options.threshold, std::chrono::duration_cast<std::chrono::minutes>(options.duration),
          options.unlock_on_password_reset};
}

}  // namespace

LoginParts::LoginParts(const config::Options& options, const std::function<Milliseconds()>& clock,
                       auth::ModuleRunner modules)
    : indexes_(options.user_indexes),
      custom_ids_(options.objects.allow_custom_object_id),
      password_policy_(policy(options.password_policy)),
      passwords_(hasher_settings()),
      providers_(auth::make_providers(
          options.accounts.auth, {http_, clock, std::move(modules)},
          {options.accounts.enable_anonymous_users, options.accounts.enable_insecure_auth_adapters})) {}

AccountParts::AccountParts(const config::Options& options, LoginParts& logins, storage::Adapter& storage,
                           const rest::AccountMail& mail)
    : sessions_(storage, session_settings(options)),
      roles_(storage, cache_settings(options.cache)),
      accounts_{account_settings(options),
                logins.password_policy(),
                lockout(options.lockout),
                logins.passwords(),
                sessions_,
                roles_,
                logins.providers(),
                mail} {}

rest::SchemaServiceSettings LoginParts::schema_settings() const {
  rest::SchemaServiceSettings settings;
  settings.custom_ids = custom_ids_;
  const std::pair<bool, const char*> indexes[] = {{indexes_.username, "username_1"},
                                                  {indexes_.email, "email_1"},
                                                  {indexes_.username_case_insensitive, "case_insensitive_username"},
                                                  {indexes_.email_case_insensitive, "case_insensitive_email"},
                                                  {indexes_.email_verify_token, "_email_verify_token"},
                                                  {indexes_.password_reset_token, "_perishable_token"},
                                                  {indexes_.role_name, "name_1"}};
  for (const auto& [wanted, name] : indexes) {
    if (!wanted) settings.unwanted_indexes.emplace_back(name);
  }
  if (!indexes_.auth_data_uniqueness) return settings;
  for (const auto& [name, provider] : providers_) {
    if (provider->identifies_users()) settings.auth_providers.push_back(name);
  }
  return settings;
}

}  // namespace parse::server
