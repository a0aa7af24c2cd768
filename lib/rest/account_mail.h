#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "mail/mailer.h"
#include "object/value.h"

namespace parse::rest {

/// What the options say about mails to users. Durations of zero mean that a token never expires.
struct EmailSettings {
  std::string app_id;
  std::string app_name;
  /// `publicServerURL` without a slash at its end; empty when it is not configured.
  std::string public_url;
  /// `pages.pagesEndpoint`.
  std::string pages_endpoint = "apps";
  /// `customPages.parseFrameURL`: a page that gets the way to the server's page as `link`; empty: none.
  std::string frame_url;

  bool verify_emails = false;
  /// `sendUserEmailVerification`: false when the app sends the mails itself.
  bool send_verification = true;
  std::chrono::milliseconds verify_token_life{0};
  bool reuse_verify_token = false;
  /// `emailVerifySuccessOnInvalidEmail`: the answer does not tell whether an address is known.
  bool hide_unknown_on_verification = true;

  std::chrono::milliseconds reset_token_life{0};
  bool reuse_reset_token = false;
  /// `passwordPolicy.resetPasswordSuccessOnInvalidEmail`: likewise.
  bool hide_unknown_on_reset = true;
};

/// Makes mails to users, with the links in them. Any thread.
class AccountMail {
 public:
  /// `mailer` is nullptr when no emailAdapter is configured; it must outlive this.
  AccountMail(mail::Mailer* mailer, EmailSettings settings) : mailer_(mailer), settings_(std::move(settings)) {}

  const EmailSettings& settings() const { return settings_; }
  /// Throws kInternal (1) unless appName, publicServerURL and emailAdapter are configured.
  void require_configuration() const;
  /// Sends `user`, as stored, a link with which he confirms his address, or one with which he sets a new password.
  /// Never waits for the mail. Errors: as require_configuration.
  void send_verification(const object::Object& user, const std::string& token) const;
  void send_password_reset(const object::Object& user, const std::string& token) const;

 private:
  mail::AccountMail mail_to(const object::Object& user, std::string_view page, const std::string& token) const;
  std::string link_to(std::string_view page, const std::string& token) const;

  mail::Mailer* const mailer_;
  const EmailSettings settings_;
};

/// 25 random letters and digits, for the tokens of links.
std::string new_mail_token();

}  // namespace parse::rest
