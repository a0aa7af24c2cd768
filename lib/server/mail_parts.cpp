#include "server/mail_parts.h"

#include <fmt/format.h>

#include <filesystem>
#include <vector>

#include "base/error.h"
#include "mail/make_mailer.h"
#include "object/json.h"
#include "templates/text_file.h"

namespace parse::server {
namespace {

[[noreturn]] void refuse(const std::vector<std::string>& problems) {
  throw Error(ErrorCode::kInvalidValue, fmt::format("{}", fmt::join(problems, "\n")));
}

std::string without_trailing_slash(std::string text) {
  while (text.ends_with('/')) text.pop_back();
  return text;
}

std::unique_ptr<mail::Mailer> open_mailer(const config::EmailOptions& options, net::HttpClient& client) {
  if (options.adapter.is_null()) return nullptr;
  std::vector<std::string> problems;
  mail::MailSettings settings = mail::read_mail_settings(options.adapter, problems);
  if (!problems.empty()) refuse(problems);
  return mail::make_mailer(std::move(settings), client);
}

/// The address of a page under its older name, `customPages.<name>`.
std::string custom_page(const config::PagesOptions& pages, const std::string& name) {
  const auto found = pages.custom_pages.find(name);
  return found == pages.custom_pages.end() ? std::string() : found->second;
}

rest::EmailSettings email_settings(const config::Options& options) {
  const config::EmailOptions& email = options.email;
  const config::PasswordPolicyOptions& policy = options.password_policy;
  rest::EmailSettings settings;
  settings.app_id = options.keys.app_id;
  settings.app_name = email.app_name;
  settings.public_url = without_trailing_slash(options.network.public_server_url);
  settings.pages_endpoint = options.pages.endpoint;
  settings.frame_url = custom_page(options.pages, "parseFrameURL");
  settings.verify_emails = email.verify_user_emails;
  settings.send_verification = email.send_user_email_verification;
  settings.verify_token_life = email.verify_token_validity;
  settings.reuse_verify_token = email.verify_token_reuse_if_valid;
  settings.hide_unknown_on_verification = email.verify_success_on_invalid_email;
  settings.reset_token_life = policy.reset_token_validity;
  settings.reuse_reset_token = policy.reset_token_reuse_if_valid;
  settings.hide_unknown_on_reset = policy.reset_password_success_on_invalid_email;
  return settings;
}

/// Page id and the older names of its address, best first.
struct OlderName {
  const char* id;
  const char* name;
};
constexpr OlderName kOlderNames[] = {
    {"passwordReset", "choosePassword"},
    {"passwordResetSuccess", "passwordResetSuccess"},
    {"passwordResetLinkInvalid", "invalidPasswordResetLink"},
    {"passwordResetLinkInvalid", "invalidLink"},
    {"emailVerificationSuccess", "verifyEmailSuccess"},
    {"emailVerificationSendFail", "linkSendFail"},
    {"emailVerificationSendSuccess", "linkSendSuccess"},
    {"emailVerificationLinkInvalid", "invalidVerificationLink"},
    {"emailVerificationLinkInvalid", "invalidLink"},
    {"emailVerificationLinkExpired", "expiredVerificationLink"},
    {"emailVerificationLinkExpired", "invalidLink"},
};

object::Object read_translations(const std::string& file) {
  if (file.empty()) return {};
  const std::filesystem::path path(file);
  const std::string folder = path.has_parent_path() ? path.parent_path().string() : ".";
  const auto text = templates::read_file_below(folder, path.filename().string());
  const auto json = text ? object::try_parse_json(*text) : std::nullopt;
  const auto* translations = json ? json->get_if<object::Object>() : nullptr;
  if (translations == nullptr)
    refuse({fmt::format("'pages.localizationJsonPath' names no file with a JSON object: {}", file)});
  return *translations;
}

pages::PageSettings page_settings(const config::Options& options) {
  const config::PagesOptions& given = options.pages;
  pages::PageSettings settings;
  settings.app_id = options.keys.app_id;
  settings.app_name = options.email.app_name;
  settings.public_url = without_trailing_slash(options.network.public_server_url);
  settings.endpoint = given.endpoint;
  settings.folder = given.path;
  settings.localize = given.enable_localization;
  settings.translations = read_translations(given.localization_json_path);
  settings.fallback_locale = given.localization_fallback_locale;
  settings.placeholders = given.placeholders;
  settings.force_redirect = given.force_redirect;
  settings.encode_params = given.encode_page_param_headers;
  settings.custom_urls.insert(given.custom_urls.begin(), given.custom_urls.end());
  for (const auto& [id, name] : kOlderNames) {
    // Insertion keeps what is there already.
    if (std::string url = custom_page(given, name); !url.empty()) settings.custom_urls.emplace(id, std::move(url));
  }
  std::error_code ignored;
  if (!given.path.empty() && !std::filesystem::is_directory(given.path, ignored)) {
    refuse({fmt::format("'pages.pagesPath' names no folder: {}", given.path)});
  }
  return settings;
}

}  // namespace

MailParts::MailParts(const config::Options& options)
    : mailer_(open_mailer(options.email, client_)),
      mail_(mailer_.get(), email_settings(options)),
      site_(page_settings(options)) {}

LinkParts::LinkParts(const MailParts& mail, LinkedUsers users, const rest::PasswordResetParts& reset)
    : users_(users.storage, users.schemas),
      verification_(mail.mail(), users_),
      reset_(mail.mail(), users_, reset),
      pages_(mail.site(), verification_, reset_),
      services_{verification_, reset_, pages_} {}

}  // namespace parse::server
