#include "config/option_tables.h"

namespace parse::config {
namespace {

constexpr OptionSpec kUserAccounts[] = {
    {"accountLockout", "PARSE_SERVER_ACCOUNT_LOCKOUT", kGroup, "", "lock a user after repeated failed logins"},
    {"allowExpiredAuthDataToken", "PARSE_SERVER_ALLOW_EXPIRED_AUTH_DATA_TOKEN", kBool, "false",
     "deprecated; re-validate auth only when changed"},
    {.name = "auth",
     .env = "PARSE_SERVER_AUTH_PROVIDERS",
     .type = kJson,
     .default_text = "",
     .help = "third-party login providers",
     .secrecy = kMasked,
     .alias = "oauth"},
    {"convertEmailToLowercase", "PARSE_SERVER_CONVERT_EMAIL_TO_LOWERCASE", kBool, "false", "store e-mail lower-case"},
    {"convertUsernameToLowercase", "PARSE_SERVER_CONVERT_USERNAME_TO_LOWERCASE", kBool, "false",
     "store username lower-case"},
    {"enableAnonymousUsers", "PARSE_SERVER_ENABLE_ANON_USERS", kBool, "true", "login without an account"},
    {"enableInsecureAuthAdapters", "PARSE_SERVER_ENABLE_INSECURE_AUTH_ADAPTERS", kBool, "false",
     "allow client-supplied access tokens"},
    {"enforcePrivateUsers", "PARSE_SERVER_ENFORCE_PRIVATE_USERS", kBool, "true", "new users without public read"},
    {"expireInactiveSessions", "PARSE_SERVER_EXPIRE_INACTIVE_SESSIONS", kBool, "true",
     "sessions end after sessionLength"},
    {"extendSessionOnUse", "PARSE_SERVER_EXTEND_SESSION_ON_USE", kBool, "false", "use of a session prolongs it"},
    {"passwordPolicy", "PARSE_SERVER_PASSWORD_POLICY", kGroup, "", "password rules"},
    {"preventLoginWithUnverifiedEmail", "PARSE_SERVER_PREVENT_LOGIN_WITH_UNVERIFIED_EMAIL", kBool, "false",
     "block login until verified"},
    {"preventSignupWithUnverifiedEmail", "PARSE_SERVER_PREVENT_SIGNUP_WITH_UNVERIFIED_EMAIL", kBool, "false",
     "signup answers 205 until verified"},
    {"protectedFields", "PARSE_SERVER_PROTECTED_FIELDS", kJson, R"({"_User":{"*":["email"]}})",
     "hidden fields per class and group"},
    {"protectedFieldsOwnerExempt", "PARSE_SERVER_PROTECTED_FIELDS_OWNER_EXEMPT", kBool, "true",
     "owner sees own hidden fields"},
    {"protectedFieldsSaveResponseExempt", "PARSE_SERVER_PROTECTED_FIELDS_SAVE_RESPONSE_EXEMPT", kBool, "true",
     "hidden fields allowed in save answers"},
    {"protectedFieldsTriggerExempt", "PARSE_SERVER_PROTECTED_FIELDS_TRIGGER_EXEMPT", kBool, "false",
     "triggers see hidden fields"},
    {"revokeSessionOnPasswordReset", "PARSE_SERVER_REVOKE_SESSION_ON_PASSWORD_RESET", kBool, "true",
     "drop sessions on password change"},
    {"sessionLength", "PARSE_SERVER_SESSION_LENGTH", kInteger, "31536000", "life of a session in seconds"},
    {"userSensitiveFields", "PARSE_SERVER_USER_SENSITIVE_FIELDS", kList, "", "deprecated name of protectedFields"},
    {"accountLockout.duration", "PARSE_SERVER_ACCOUNT_LOCKOUT_DURATION", kInteger, "", "minutes locked, 1..99999"},
    {"accountLockout.threshold", "PARSE_SERVER_ACCOUNT_LOCKOUT_THRESHOLD", kInteger, "", "attempts, 1..999"},
    {"accountLockout.unlockOnPasswordReset", "PARSE_SERVER_ACCOUNT_LOCKOUT_UNLOCK_ON_PASSWORD_RESET", kBool, "false",
     "reset unlocks"},
    {"passwordPolicy.doNotAllowUsername", "PARSE_SERVER_PASSWORD_POLICY_DO_NOT_ALLOW_USERNAME", kBool, "false",
     "no username in password"},
    {"passwordPolicy.maxPasswordAge", "PARSE_SERVER_PASSWORD_POLICY_MAX_PASSWORD_AGE", kInteger, "",
     "days until a password must change"},
    {"passwordPolicy.maxPasswordHistory", "PARSE_SERVER_PASSWORD_POLICY_MAX_PASSWORD_HISTORY", kInteger, "",
     "earlier passwords that may not be used again"},
    {"passwordPolicy.resetPasswordSuccessOnInvalidEmail",
     "PARSE_SERVER_PASSWORD_POLICY_RESET_PASSWORD_SUCCESS_ON_INVALID_EMAIL", kBool, "true", "hide unknown e-mail"},
    {"passwordPolicy.resetTokenReuseIfValid", "PARSE_SERVER_PASSWORD_POLICY_RESET_TOKEN_REUSE_IF_VALID", kBool, "false",
     "reuse token"},
    {"passwordPolicy.resetTokenValidityDuration", "PARSE_SERVER_PASSWORD_POLICY_RESET_TOKEN_VALIDITY_DURATION",
     kInteger, "", "life of a reset token in seconds"},
    {"passwordPolicy.validationError", "PARSE_SERVER_PASSWORD_POLICY_VALIDATION_ERROR", kString, "",
     "message of a refused password"},
    {"passwordPolicy.validatorCallback", "PARSE_SERVER_PASSWORD_POLICY_VALIDATOR_CALLBACK", kString, "",
     "function that decides"},
    {"passwordPolicy.validatorPattern", "PARSE_SERVER_PASSWORD_POLICY_VALIDATOR_PATTERN", kString, "",
     "pattern a password must match"},
    {"databaseOptions.createIndexAuthDataUniqueness", "PARSE_SERVER_DATABASE_CREATE_INDEX_AUTH_DATA_UNIQUENESS", kBool,
     "true", "unique authData ids"},
    {"databaseOptions.createIndexRoleName", "PARSE_SERVER_DATABASE_CREATE_INDEX_ROLE_NAME", kBool, "true",
     "unique role name"},
    {"databaseOptions.createIndexUserEmail", "PARSE_SERVER_DATABASE_CREATE_INDEX_USER_EMAIL", kBool, "true",
     "unique index on e-mail"},
    {"databaseOptions.createIndexUserEmailCaseInsensitive",
     "PARSE_SERVER_DATABASE_CREATE_INDEX_USER_EMAIL_CASE_INSENSITIVE", kBool, "true", "index for e-mail without case"},
    {"databaseOptions.createIndexUserEmailVerifyToken", "PARSE_SERVER_DATABASE_CREATE_INDEX_USER_EMAIL_VERIFY_TOKEN",
     kBool, "true", "index on that token"},
    {"databaseOptions.createIndexUserPasswordResetToken",
     "PARSE_SERVER_DATABASE_CREATE_INDEX_USER_PASSWORD_RESET_TOKEN", kBool, "true", "index on that token"},
    {"databaseOptions.createIndexUserUsername", "PARSE_SERVER_DATABASE_CREATE_INDEX_USER_USERNAME", kBool, "true",
     "unique username"},
    {"databaseOptions.createIndexUserUsernameCaseInsensitive",
     "PARSE_SERVER_DATABASE_CREATE_INDEX_USER_USERNAME_CASE_INSENSITIVE", kBool, "true",
     "index for username without case"},
    {"logLevels.signupUsernameTaken", "PARSE_SERVER_LOG_LEVELS_SIGNUP_USERNAME_TAKEN", kString, "info",
     "log level of that event"},
};

constexpr OptionSpec kMail[] = {
    {"appName", "PARSE_SERVER_APP_NAME", kString, "", "name in mails and pages"},
    {"emailAdapter", "PARSE_SERVER_EMAIL_ADAPTER", kJsonOrText, "", "sends mails"},
    {"emailVerifySuccessOnInvalidEmail", "PARSE_SERVER_EMAIL_VERIFY_SUCCESS_ON_INVALID_EMAIL", kBool, "true",
     "hide whether an address exists"},
    {"emailVerifyTokenReuseIfValid", "PARSE_SERVER_EMAIL_VERIFY_TOKEN_REUSE_IF_VALID", kBool, "false",
     "reuse unexpired token"},
    {"emailVerifyTokenValidityDuration", "PARSE_SERVER_EMAIL_VERIFY_TOKEN_VALIDITY_DURATION", kInteger, "",
     "life of a token in seconds"},
    {"sendUserEmailVerification", "PARSE_SERVER_SEND_USER_EMAIL_VERIFICATION", kBool, "true",
     "send verification mail or not"},
    {"verifyUserEmails", "PARSE_SERVER_VERIFY_USER_EMAILS", kBool, "false", "e-mail verification"},
};

constexpr OptionSpec kSecurity[] = {
    {"security", "PARSE_SERVER_SECURITY", kGroup, "", "self-check report"},
    {"security.checkGroups", "PARSE_SERVER_SECURITY_CHECK_GROUPS", kJsonList, "", "checks beside the built-in ones"},
    {"security.enableCheck", "PARSE_SERVER_SECURITY_ENABLE_CHECK", kBool, "false", "enable endpoint"},
    {"security.enableCheckLog", "PARSE_SERVER_SECURITY_ENABLE_CHECK_LOG", kBool, "false", "log report"},
};

constexpr OptionSpec kPurchase[] = {
    {"enableProductPurchaseLegacyApi", "PARSE_SERVER_ENABLE_PRODUCT_PURCHASE_LEGACY_API", kBool, "true",
     "IAP receipt endpoint"},
};

}  // namespace

void add_account_options(std::vector<OptionSpec>& table) {
  add_missing(table, "user accounts", kUserAccounts);
  add_missing(table, "e-mail", kMail);
  add_missing(table, "security checks", kSecurity);
  add_missing(table, "purchase receipts", kPurchase);
}

}  // namespace parse::config
