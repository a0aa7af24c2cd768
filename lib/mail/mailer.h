#pragma once

#include <optional>
#include <string>

#include "object/value.h"

/// Mails to users.
namespace parse::mail {

/// A finished mail. Texts are UTF-8; lines end with LF.
struct Mail {
  std::string to;
  std::string subject;
  std::string text;
  /// The same as HTML.
  std::optional<std::string> html = std::nullopt;
  /// Who it comes from, as "Name <address>" or an address; nothing: who the options say.
  std::optional<std::string> from = std::nullopt;
};

/// What a mail about an account says, before it has become a text.
struct AccountMail {
  std::string app_name;
  /// Carries the token.
  std::string link;
  /// The user as the master key sees him, without internal fields and authData.
  object::Object user;
};

/// Sends mails for the use cases. Any thread. No call waits for a mail server or fails with it: a mail is queued, tried
/// several times, and logged when it cannot be delivered. So neither the answer nor its time tells a client whether a
/// mail went out. Source: parse-server MailAdapter.
class Mailer {
 public:
  virtual ~Mailer() = default;

  /// Asks the user to confirm his address.
  virtual void send_verification(AccountMail mail) = 0;
  /// Sends the user a link with which he sets a new password.
  virtual void send_password_reset(AccountMail mail) = 0;
  virtual void send(Mail mail) = 0;
};

}  // namespace parse::mail
