#include "config/option_tables.h"

namespace parse::config {
namespace {

constexpr OptionSpec kPages[] = {
    {"customPages", "PARSE_SERVER_CUSTOM_PAGES", kGroup, "", "old way to replace page URLs"},
    {"pages", "PARSE_SERVER_PAGES", kGroup, "", "page router settings"},
    {"pages.customRoutes", "PARSE_SERVER_PAGES_CUSTOM_ROUTES", kJsonList, "[]", "extra page routes"},
    {"pages.customUrls", "PARSE_SERVER_PAGES_CUSTOM_URLS", kGroup, "", "external pages"},
    {"pages.enableLocalization", "PARSE_SERVER_PAGES_ENABLE_LOCALIZATION", kBool, "false", "choose pages by locale"},
    {"pages.encodePageParamHeaders", "PARSE_SERVER_PAGES_ENCODE_PAGE_PARAM_HEADERS", kBool, "false",
     "URI-encode headers"},
    {"pages.forceRedirect", "PARSE_SERVER_PAGES_FORCE_REDIRECT", kBool, "false", "redirect instead of answering pages"},
    {"pages.localizationFallbackLocale", "PARSE_SERVER_PAGES_LOCALIZATION_FALLBACK_LOCALE", kString, "en",
     "locale used when nothing fits"},
    {"pages.localizationJsonPath", "PARSE_SERVER_PAGES_LOCALIZATION_JSON_PATH", kString, "", "file with translations"},
    {"pages.pagesEndpoint", "PARSE_SERVER_PAGES_PAGES_ENDPOINT", kString, "apps", "path segment"},
    {"pages.pagesPath", "PARSE_SERVER_PAGES_PAGES_PATH", kString, "", "template folder"},
    {"pages.placeholders", "PARSE_SERVER_PAGES_PLACEHOLDERS", kJson, "{}", "template values"},
    {"pages.customRoutes.handler", "PARSE_SERVER_PAGES_ROUTE_HANDLER", kString, "", "function that decides"},
    {"pages.customRoutes.method", "PARSE_SERVER_PAGES_ROUTE_METHOD", kString, "", "HTTP method of the page"},
    {"pages.customRoutes.path", "PARSE_SERVER_PAGES_ROUTE_PATH", kString, "", "path of the page"},
    {"pages.customUrls.emailVerificationLinkExpired", "PARSE_SERVER_PAGES_CUSTOM_URL_EMAIL_VERIFICATION_LINK_EXPIRED",
     kString, "", "address of that page"},
    {"pages.customUrls.emailVerificationLinkInvalid", "PARSE_SERVER_PAGES_CUSTOM_URL_EMAIL_VERIFICATION_LINK_INVALID",
     kString, "", "address of that page"},
    {"pages.customUrls.emailVerificationSendFail", "PARSE_SERVER_PAGES_CUSTOM_URL_EMAIL_VERIFICATION_SEND_FAIL",
     kString, "", "address of that page"},
    {"pages.customUrls.emailVerificationSendSuccess", "PARSE_SERVER_PAGES_CUSTOM_URL_EMAIL_VERIFICATION_SEND_SUCCESS",
     kString, "", "address of that page"},
    {"pages.customUrls.emailVerificationSuccess", "PARSE_SERVER_PAGES_CUSTOM_URL_EMAIL_VERIFICATION_SUCCESS", kString,
     "", "address of that page"},
    {"pages.customUrls.passwordReset", "PARSE_SERVER_PAGES_CUSTOM_URL_PASSWORD_RESET", kString, "",
     "address of that page"},
    {"pages.customUrls.passwordResetLinkInvalid", "PARSE_SERVER_PAGES_CUSTOM_URL_PASSWORD_RESET_LINK_INVALID", kString,
     "", "address of that page"},
    {"pages.customUrls.passwordResetSuccess", "PARSE_SERVER_PAGES_CUSTOM_URL_PASSWORD_RESET_SUCCESS", kString, "",
     "address of that page"},
    {.name = "customPages.choosePassword",
     .env = "PARSE_SERVER_CUSTOM_PAGES_CHOOSE_PASSWORD",
     .type = kString,
     .default_text = "",
     .help = "address of that page",
     .secrecy = kMasked},
    {"customPages.expiredVerificationLink", "PARSE_SERVER_CUSTOM_PAGES_EXPIRED_VERIFICATION_LINK", kString, "",
     "address of that page"},
    {"customPages.invalidLink", "PARSE_SERVER_CUSTOM_PAGES_INVALID_LINK", kString, "", "address of that page"},
    {"customPages.invalidPasswordResetLink", "PARSE_SERVER_CUSTOM_PAGES_INVALID_PASSWORD_RESET_LINK", kString, "",
     "address of that page"},
    {"customPages.invalidVerificationLink", "PARSE_SERVER_CUSTOM_PAGES_INVALID_VERIFICATION_LINK", kString, "",
     "address of that page"},
    {"customPages.linkSendFail", "PARSE_SERVER_CUSTOM_PAGES_LINK_SEND_FAIL", kString, "", "address of that page"},
    {"customPages.linkSendSuccess", "PARSE_SERVER_CUSTOM_PAGES_LINK_SEND_SUCCESS", kString, "", "address of that page"},
    {"customPages.parseFrameURL", "PARSE_SERVER_CUSTOM_PAGES_PARSE_FRAME_URL", kString, "",
     "frame page receiving ?link="},
    {"customPages.passwordResetSuccess", "PARSE_SERVER_CUSTOM_PAGES_PASSWORD_RESET_SUCCESS", kString, "",
     "address of that page"},
    {"customPages.verifyEmailSuccess", "PARSE_SERVER_CUSTOM_PAGES_VERIFY_EMAIL_SUCCESS", kString, "",
     "address of that page"},
};

}  // namespace

void add_page_options(std::vector<OptionSpec>& table) { add_missing(table, "web pages", kPages); }

}  // namespace parse::config
