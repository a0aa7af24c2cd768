#include "rest/account_mail.h"

#include <fmt/format.h>

#include "base/error.h"
#include "crypto/random.h"
#include "net/url.h"

namespace parse::rest {
namespace {

/// The user as adapters and templates may see him.
object::Object without_secrets(const object::Object& user) {
  object::Object visible;
  for (const auto& [key, value] : user) {
    if (!key.starts_with('_') && key != "authData" && key != "password") visible.append(key, value);
  }
  return visible;
}

}  // namespace

void AccountMail::require_configuration() const {
  if (mailer_ != nullptr && !settings_.app_name.empty() && !settings_.public_url.empty()) return;
  throw Error(ErrorCode::kInternal,
              "An appName, publicServerURL, and emailAdapter are required for password reset and email verification "
              "functionality.");
}

void AccountMail::send_verification(const object::Object& user, const std::string& token) const {
  require_configuration();
  mailer_->send_verification(mail_to(user, "verify_email", token));
}

void AccountMail::send_password_reset(const object::Object& user, const std::string& token) const {
  require_configuration();
  mailer_->send_password_reset(mail_to(user, "request_password_reset", token));
}

mail::AccountMail AccountMail::mail_to(const object::Object& user, std::string_view page,
                                       const std::string& token) const {
  return {settings_.app_name, link_to(page, token), without_secrets(user)};
}

std::string AccountMail::link_to(std::string_view page, const std::string& token) const {
  const std::string path =
      fmt::format("/{}/{}/{}", settings_.pages_endpoint, net::percent_encode(settings_.app_id), page);
  if (settings_.frame_url.empty()) {
    return fmt::format("{}{}?token={}", settings_.public_url, path, net::percent_encode(token));
  }
  return fmt::format("{}?link={}&token={}", settings_.frame_url, net::percent_encode(path), net::percent_encode(token));
}

std::string new_mail_token() { return crypto::random_alphanumeric(25); }

}  // namespace parse::rest
