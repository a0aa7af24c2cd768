#include "config/option_tables.h"
#include "config/read_group.h"

namespace parse::config {
namespace {

using object::Object;
using object::Value;
using namespace std::chrono_literals;

constexpr OptionSpec kMail[] = {
    {"appName", "PARSE_SERVER_APP_NAME", kString, "", "Name of the application in mails and pages",
     [](Options& o, const Value& v) { o.email.app_name = v.as<std::string>(); }},
    {.name = "emailAdapter",
     .env = "PARSE_SERVER_EMAIL_ADAPTER",
     .type = kJsonOrText,
     .default_text = "",
     .help = "What sends mails, with its settings",
     .apply = [](Options& o, const Value& v) { o.email.adapter = email_adapter(v); },
     .secrecy = kMasked},
    {"verifyUserEmails", "PARSE_SERVER_VERIFY_USER_EMAILS", kBool, "false", "Users must verify their e-mail address",
     [](Options& o, const Value& v) { o.email.verify_user_emails = v.as<bool>(); }},
    {"sendUserEmailVerification", "PARSE_SERVER_SEND_USER_EMAIL_VERIFICATION", kBool, "true",
     "Send the verification mail when an address is new",
     [](Options& o, const Value& v) { o.email.send_user_email_verification = v.as<bool>(); }},
    {"emailVerifyTokenValidityDuration",
     "PARSE_SERVER_EMAIL_VERIFY_TOKEN_VALIDITY_DURATION",
     kNumber,
     "",
     "Life of a verification link in seconds; for ever when not set",
     [](Options& o, const Value& v) { o.email.verify_token_validity = duration(v, 1s); },
     {0, std::int64_t{100} * 366 * 86400}},
    {"emailVerifyTokenReuseIfValid", "PARSE_SERVER_EMAIL_VERIFY_TOKEN_REUSE_IF_VALID", kBool, "false",
     "Another verification mail carries the same link while it is valid",
     [](Options& o, const Value& v) { o.email.verify_token_reuse_if_valid = v.as<bool>(); }},
    {"emailVerifySuccessOnInvalidEmail", "PARSE_SERVER_EMAIL_VERIFY_SUCCESS_ON_INVALID_EMAIL", kBool, "true",
     "Do not tell whether an address is known when a verification mail is asked for",
     [](Options& o, const Value& v) { o.email.verify_success_on_invalid_email = v.as<bool>(); }},
    {"preventLoginWithUnverifiedEmail", "PARSE_SERVER_PREVENT_LOGIN_WITH_UNVERIFIED_EMAIL", kBool, "false",
     "No login before the address is verified",
     [](Options& o, const Value& v) { o.email.prevent_login_with_unverified_email = v.as<bool>(); }},
    {"preventSignupWithUnverifiedEmail", "PARSE_SERVER_PREVENT_SIGNUP_WITH_UNVERIFIED_EMAIL", kBool, "false",
     "A signup gives no session before the address is verified",
     [](Options& o, const Value& v) { o.email.prevent_signup_with_unverified_email = v.as<bool>(); }},
};

constexpr OptionSpec kPages[] = {
    {"pages", "PARSE_SERVER_PAGES", kGroup, "", "The options below as one JSON object"},
    {"pages.pagesEndpoint", "PARSE_SERVER_PAGES_PAGES_ENDPOINT", kString, "apps",
     "Segment of the URL, below the mount path, under which the pages are",
     [](Options& o, const Value& v) { o.pages.endpoint = path_segment(v); }},
    {"pages.pagesPath", "PARSE_SERVER_PAGES_PAGES_PATH", kString, "", "Folder with templates of your own",
     [](Options& o, const Value& v) { o.pages.path = v.as<std::string>(); }},
    {"pages.enableLocalization", "PARSE_SERVER_PAGES_ENABLE_LOCALIZATION", kBool, "false",
     "Choose pages and texts by the locale of the request",
     [](Options& o, const Value& v) { o.pages.enable_localization = v.as<bool>(); }},
    {"pages.localizationJsonPath", "PARSE_SERVER_PAGES_LOCALIZATION_JSON_PATH", kString, "",
     "JSON file with the texts of each locale",
     [](Options& o, const Value& v) { o.pages.localization_json_path = v.as<std::string>(); }},
    {"pages.localizationFallbackLocale", "PARSE_SERVER_PAGES_LOCALIZATION_FALLBACK_LOCALE", kString, "en",
     "Locale used when no other fits",
     [](Options& o, const Value& v) { o.pages.localization_fallback_locale = v.as<std::string>(); }},
    {"pages.placeholders", "PARSE_SERVER_PAGES_PLACEHOLDERS", kJson, "{}", "Values that the templates may use",
     [](Options& o, const Value& v) { o.pages.placeholders = v.as<Object>(); }},
    {"pages.forceRedirect", "PARSE_SERVER_PAGES_FORCE_REDIRECT", kBool, "false",
     "Redirect to the page instead of answering with it",
     [](Options& o, const Value& v) { o.pages.force_redirect = v.as<bool>(); }},
    {"pages.encodePageParamHeaders", "PARSE_SERVER_PAGES_ENCODE_PAGE_PARAM_HEADERS", kBool, "false",
     "URI-encode the values that pages give in response headers",
     [](Options& o, const Value& v) { o.pages.encode_page_param_headers = v.as<bool>(); }},
};

constexpr OptionSpec kCustomUrls[] = {
    {"pages.customUrls", "PARSE_SERVER_PAGES_CUSTOM_URLS", kGroup, "", "The options below as one JSON object"},
    {"pages.customUrls.passwordReset", "PARSE_SERVER_PAGES_CUSTOM_URL_PASSWORD_RESET", kString, "",
     "Address of a page of your own that asks for the new password",
     [](Options& o, const Value& v) { o.pages.custom_urls["passwordReset"] = page_url(v); }},
    {"pages.customUrls.passwordResetSuccess", "PARSE_SERVER_PAGES_CUSTOM_URL_PASSWORD_RESET_SUCCESS", kString, "",
     "Address of your page after a password reset",
     [](Options& o, const Value& v) { o.pages.custom_urls["passwordResetSuccess"] = page_url(v); }},
    {"pages.customUrls.passwordResetLinkInvalid", "PARSE_SERVER_PAGES_CUSTOM_URL_PASSWORD_RESET_LINK_INVALID", kString,
     "", "Address of your page for an invalid reset link",
     [](Options& o, const Value& v) { o.pages.custom_urls["passwordResetLinkInvalid"] = page_url(v); }},
    {"pages.customUrls.emailVerificationSuccess", "PARSE_SERVER_PAGES_CUSTOM_URL_EMAIL_VERIFICATION_SUCCESS", kString,
     "", "Address of your page after an address was verified",
     [](Options& o, const Value& v) { o.pages.custom_urls["emailVerificationSuccess"] = page_url(v); }},
    {"pages.customUrls.emailVerificationSendSuccess", "PARSE_SERVER_PAGES_CUSTOM_URL_EMAIL_VERIFICATION_SEND_SUCCESS",
     kString, "", "Address of your page after a verification mail was sent again",
     [](Options& o, const Value& v) { o.pages.custom_urls["emailVerificationSendSuccess"] = page_url(v); }},
    {"pages.customUrls.emailVerificationSendFail", "PARSE_SERVER_PAGES_CUSTOM_URL_EMAIL_VERIFICATION_SEND_FAIL",
     kString, "", "Address of your page when a verification mail cannot be sent",
     [](Options& o, const Value& v) { o.pages.custom_urls["emailVerificationSendFail"] = page_url(v); }},
    {"pages.customUrls.emailVerificationLinkInvalid", "PARSE_SERVER_PAGES_CUSTOM_URL_EMAIL_VERIFICATION_LINK_INVALID",
     kString, "", "Address of your page for an invalid verification link",
     [](Options& o, const Value& v) { o.pages.custom_urls["emailVerificationLinkInvalid"] = page_url(v); }},
    {"pages.customUrls.emailVerificationLinkExpired", "PARSE_SERVER_PAGES_CUSTOM_URL_EMAIL_VERIFICATION_LINK_EXPIRED",
     kString, "", "Address of your page for an expired verification link",
     [](Options& o, const Value& v) { o.pages.custom_urls["emailVerificationLinkExpired"] = page_url(v); }},
};

constexpr OptionSpec kCustomPages[] = {
    {"customPages", "PARSE_SERVER_CUSTOM_PAGES", kGroup, "",
     "The options below as one JSON object; older names of pages.customUrls"},
    {"customPages.choosePassword", "PARSE_SERVER_CUSTOM_PAGES_CHOOSE_PASSWORD", kString, "",
     "Address of a page of your own that asks for the new password",
     [](Options& o, const Value& v) { o.pages.custom_pages["choosePassword"] = page_url(v); }},
    {"customPages.passwordResetSuccess", "PARSE_SERVER_CUSTOM_PAGES_PASSWORD_RESET_SUCCESS", kString, "",
     "Address of your page after a password reset",
     [](Options& o, const Value& v) { o.pages.custom_pages["passwordResetSuccess"] = page_url(v); }},
    {"customPages.invalidPasswordResetLink", "PARSE_SERVER_CUSTOM_PAGES_INVALID_PASSWORD_RESET_LINK", kString, "",
     "Address of your page for an invalid reset link",
     [](Options& o, const Value& v) { o.pages.custom_pages["invalidPasswordResetLink"] = page_url(v); }},
    {"customPages.verifyEmailSuccess", "PARSE_SERVER_CUSTOM_PAGES_VERIFY_EMAIL_SUCCESS", kString, "",
     "Address of your page after an address was verified",
     [](Options& o, const Value& v) { o.pages.custom_pages["verifyEmailSuccess"] = page_url(v); }},
    {"customPages.linkSendSuccess", "PARSE_SERVER_CUSTOM_PAGES_LINK_SEND_SUCCESS", kString, "",
     "Address of your page after a verification mail was sent again",
     [](Options& o, const Value& v) { o.pages.custom_pages["linkSendSuccess"] = page_url(v); }},
    {"customPages.linkSendFail", "PARSE_SERVER_CUSTOM_PAGES_LINK_SEND_FAIL", kString, "",
     "Address of your page when a verification mail cannot be sent",
     [](Options& o, const Value& v) { o.pages.custom_pages["linkSendFail"] = page_url(v); }},
    {"customPages.invalidVerificationLink", "PARSE_SERVER_CUSTOM_PAGES_INVALID_VERIFICATION_LINK", kString, "",
     "Address of your page for an invalid verification link",
     [](Options& o, const Value& v) { o.pages.custom_pages["invalidVerificationLink"] = page_url(v); }},
    {"customPages.expiredVerificationLink", "PARSE_SERVER_CUSTOM_PAGES_EXPIRED_VERIFICATION_LINK", kString, "",
     "Address of your page for an expired verification link",
     [](Options& o, const Value& v) { o.pages.custom_pages["expiredVerificationLink"] = page_url(v); }},
    {"customPages.invalidLink", "PARSE_SERVER_CUSTOM_PAGES_INVALID_LINK", kString, "",
     "Address of your page for any other invalid link",
     [](Options& o, const Value& v) { o.pages.custom_pages["invalidLink"] = page_url(v); }},
    {"customPages.parseFrameURL", "PARSE_SERVER_CUSTOM_PAGES_PARSE_FRAME_URL", kString, "",
     "Address of a page of your own that shows the others in a frame; it gets the address as ?link=",
     [](Options& o, const Value& v) { o.pages.custom_pages["parseFrameURL"] = page_url(v); }},
};

}  // namespace

void add_page_options(std::vector<OptionSpec>& table) {
  add_section(table, Section::kMail, kMail);
  add_section(table, Section::kMail, kPages);
  add_section(table, Section::kMail, kCustomUrls);
  add_section(table, Section::kMail, kCustomPages);
}

}  // namespace parse::config
