#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "mail/mail_queue.h"
#include "mail/mailer.h"

namespace parse::mail {

/// How the connection to the mail server is protected.
enum class SmtpSecurity {
  kTls,       ///< TLS from the first byte (usually port 465)
  kStartTls,  ///< TLS after STARTTLS; a server that cannot is refused
  kNone,
};

struct SmtpSettings {
  std::string host;
  std::uint16_t port = 587;
  SmtpSecurity security = SmtpSecurity::kStartTls;
  /// Empty: no authentication.
  std::string user = {};
  std::string password = {};
  /// "Name <address>" or "address".
  std::string from = {};
  /// PEM file of authorities that are trusted besides the system's; empty: none.
  std::string ca_file = {};
  /// For the delivery of one mail.
  std::chrono::milliseconds timeout = std::chrono::seconds(30);
};

/// Hands mails to a mail server. Any thread; one connection for each mail. The server's certificate must be trusted and
/// made out for the host.
class SmtpTransport {
 public:
  explicit SmtpTransport(SmtpSettings settings);
  ~SmtpTransport();

  /// Blocks until the mail server has taken the mail, or the timeout is over. Never throws.
  Attempt deliver(const Mail& mail) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace parse::mail
