#include "config/option_tables.h"
#include "config/read_group.h"
#include "config/read_value.h"

namespace parse::config {
namespace {

using object::Object;
using object::Value;
using namespace std::chrono_literals;

constexpr Range kHundredYears = {0, std::int64_t{100} * 366 * 86400};

constexpr OptionSpec kUserAccounts[] = {
    {.name = "auth",
     .env = "PARSE_SERVER_AUTH_PROVIDERS",
     .type = kJson,
     .default_text = "",
     .help = "Third-party login: one object for each provider",
     .apply = [](Options& o, const Value& v) { o.accounts.auth = auth_providers(v); },
     .secrecy = kMasked,
     .alias = "oauth"},
    {"enableAnonymousUsers", "PARSE_SERVER_ENABLE_ANON_USERS", kBool, "true", "Users may log in without an account",
     [](Options& o, const Value& v) { o.accounts.enable_anonymous_users = v.as<bool>(); }},
    {"enableInsecureAuthAdapters", "PARSE_SERVER_ENABLE_INSECURE_AUTH_ADAPTERS", kBool, "false",
     "Allow login providers that cannot tell for which application an access token was made",
     [](Options& o, const Value& v) { o.accounts.enable_insecure_auth_adapters = v.as<bool>(); }},
    {"allowExpiredAuthDataToken", "PARSE_SERVER_ALLOW_EXPIRED_AUTH_DATA_TOKEN", kBool, "false",
     "Deprecated: validate third-party login data again only when it has changed",
     [](Options& o, const Value& v) { o.accounts.allow_expired_auth_data_token = v.as<bool>(); }},
    {"convertEmailToLowercase", "PARSE_SERVER_CONVERT_EMAIL_TO_LOWERCASE", kBool, "false",
     "Keep e-mail addresses in lower case",
     [](Options& o, const Value& v) { o.accounts.convert_email_to_lowercase = v.as<bool>(); }},
    {"convertUsernameToLowercase", "PARSE_SERVER_CONVERT_USERNAME_TO_LOWERCASE", kBool, "false",
     "Keep usernames in lower case",
     [](Options& o, const Value& v) { o.accounts.convert_username_to_lowercase = v.as<bool>(); }},
    {"enforcePrivateUsers", "PARSE_SERVER_ENFORCE_PRIVATE_USERS", kBool, "true",
     "New users are readable by themselves only",
     [](Options& o, const Value& v) { o.accounts.enforce_private_users = v.as<bool>(); }},
    {"sessionLength", "PARSE_SERVER_SESSION_LENGTH", kInteger, "31536000", "Life of a session in seconds",
     [](Options& o, const Value& v) { o.sessions.length = duration(v, 1s); }, kHundredYears},
    {"expireInactiveSessions", "PARSE_SERVER_EXPIRE_INACTIVE_SESSIONS", kBool, "true",
     "Sessions end after sessionLength; false keeps them for ever",
     [](Options& o, const Value& v) { o.sessions.expire_inactive = v.as<bool>(); }},
    {"extendSessionOnUse", "PARSE_SERVER_EXTEND_SESSION_ON_USE", kBool, "false",
     "Each use prolongs a session by sessionLength",
     [](Options& o, const Value& v) { o.sessions.extend_on_use = v.as<bool>(); }},
    {"revokeSessionOnPasswordReset", "PARSE_SERVER_REVOKE_SESSION_ON_PASSWORD_RESET", kBool, "true",
     "A new password ends the sessions of its user",
     [](Options& o, const Value& v) { o.sessions.revoke_on_password_reset = v.as<bool>(); }},
    {"protectedFields", "PARSE_SERVER_PROTECTED_FIELDS", kJson, R"({"_User":{"*":["email"]}})",
     "Fields hidden from readers, for each class and group of users",
     [](Options& o, const Value& v) { o.protected_fields.fields = protected_fields(v); }},
    {"protectedFieldsOwnerExempt", "PARSE_SERVER_PROTECTED_FIELDS_OWNER_EXEMPT", kBool, "true",
     "Users see their own hidden fields",
     [](Options& o, const Value& v) { o.protected_fields.owner_exempt = v.as<bool>(); }},
    {"protectedFieldsSaveResponseExempt", "PARSE_SERVER_PROTECTED_FIELDS_SAVE_RESPONSE_EXEMPT", kBool, "true",
     "Answers to a save may contain hidden fields",
     [](Options& o, const Value& v) { o.protected_fields.save_response_exempt = v.as<bool>(); }},
    {"protectedFieldsTriggerExempt", "PARSE_SERVER_PROTECTED_FIELDS_TRIGGER_EXEMPT", kBool, "false",
     "Triggers of a change see the hidden fields of the object as it was",
     [](Options& o, const Value& v) { o.protected_fields.trigger_exempt = v.as<bool>(); }},
    {"userSensitiveFields", "PARSE_SERVER_USER_SENSITIVE_FIELDS", kList, "",
     "Deprecated: fields of users added to protectedFields for everybody",
     [](Options& o, const Value& v) { o.protected_fields.user_sensitive = text_list(v); }},
};

constexpr OptionSpec kPasswords[] = {
    {"passwordPolicy", "PARSE_SERVER_PASSWORD_POLICY", kGroup, "", "The options below as one JSON object"},
    {"passwordPolicy.validatorPattern", "PARSE_SERVER_PASSWORD_POLICY_VALIDATOR_PATTERN", kString, "",
     "Regular expression that a password must match",
     [](Options& o, const Value& v) { o.password_policy.validator_pattern = regex(v); }},
    {"passwordPolicy.validationError", "PARSE_SERVER_PASSWORD_POLICY_VALIDATION_ERROR", kString, "",
     "Message of a refused password",
     [](Options& o, const Value& v) { o.password_policy.validation_error = v.as<std::string>(); }},
    {"passwordPolicy.doNotAllowUsername", "PARSE_SERVER_PASSWORD_POLICY_DO_NOT_ALLOW_USERNAME", kBool, "false",
     "A password must not contain the username",
     [](Options& o, const Value& v) { o.password_policy.do_not_allow_username = v.as<bool>(); }},
    {"passwordPolicy.maxPasswordAge",
     "PARSE_SERVER_PASSWORD_POLICY_MAX_PASSWORD_AGE",
     kInteger,
     "",
     "Days until a password must change",
     [](Options& o, const Value& v) { o.password_policy.max_password_age = duration(v, 24h); },
     {0, 36'600}},
    {"passwordPolicy.maxPasswordHistory",
     "PARSE_SERVER_PASSWORD_POLICY_MAX_PASSWORD_HISTORY",
     kInteger,
     "",
     "Earlier passwords that must not be used again",
     [](Options& o, const Value& v) {
       o.password_policy.max_password_history = static_cast<std::size_t>(v.as<std::int64_t>());
     },
     {0, 20}},
    {"passwordPolicy.resetTokenValidityDuration", "PARSE_SERVER_PASSWORD_POLICY_RESET_TOKEN_VALIDITY_DURATION", kNumber,
     "", "Life of a password reset link in seconds; for ever when not set",
     [](Options& o, const Value& v) { o.password_policy.reset_token_validity = positive_duration(v, 1s); },
     kHundredYears},
    {"passwordPolicy.resetTokenReuseIfValid", "PARSE_SERVER_PASSWORD_POLICY_RESET_TOKEN_REUSE_IF_VALID", kBool, "false",
     "Another reset mail carries the same link while it is valid",
     [](Options& o, const Value& v) { o.password_policy.reset_token_reuse_if_valid = v.as<bool>(); }},
    {"passwordPolicy.resetPasswordSuccessOnInvalidEmail",
     "PARSE_SERVER_PASSWORD_POLICY_RESET_PASSWORD_SUCCESS_ON_INVALID_EMAIL", kBool, "true",
     "Do not tell whether an address is known when a reset is asked for",
     [](Options& o, const Value& v) { o.password_policy.reset_password_success_on_invalid_email = v.as<bool>(); }},
    {"accountLockout", "PARSE_SERVER_ACCOUNT_LOCKOUT", kGroup, "", "The options below as one JSON object"},
    {"accountLockout.threshold",
     "PARSE_SERVER_ACCOUNT_LOCKOUT_THRESHOLD",
     kInteger,
     "",
     "Failed logins in a row that lock a user",
     [](Options& o, const Value& v) { o.lockout.threshold = v.as<std::int64_t>(); },
     {1, 999}},
    {"accountLockout.duration",
     "PARSE_SERVER_ACCOUNT_LOCKOUT_DURATION",
     kInteger,
     "",
     "Minutes a user stays locked",
     [](Options& o, const Value& v) { o.lockout.duration = duration(v, 1min); },
     {1, 99'999}},
    {"accountLockout.unlockOnPasswordReset", "PARSE_SERVER_ACCOUNT_LOCKOUT_UNLOCK_ON_PASSWORD_RESET", kBool, "false",
     "A password reset unlocks the user",
     [](Options& o, const Value& v) { o.lockout.unlock_on_password_reset = v.as<bool>(); }},
};

}  // namespace

void add_account_options(std::vector<OptionSpec>& table) {
  add_section(table, Section::kAccounts, kUserAccounts);
  add_section(table, Section::kAccounts, kPasswords);
}

}  // namespace parse::config
