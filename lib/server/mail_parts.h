#pragma once

#include <memory>

#include "api/mail_services.h"
#include "config/options.h"
#include "mail/mailer.h"
#include "net/poco_http_client.h"
#include "rest/account_mail.h"

namespace parse::server {

/// What sends mails, and the pages that their links lead to: built from the options alone.
class MailParts {
 public:
  /// Throws Error naming the options that cannot be carried out.
  explicit MailParts(const config::Options& options);

  const rest::AccountMail& mail() const { return mail_; }
  /// nullptr: no emailAdapter is configured.
  mail::Mailer* mailer() const { return mailer_.get(); }
  const pages::PageSite& site() const { return site_; }

 private:
  net::PocoHttpClient client_;
  const std::unique_ptr<mail::Mailer> mailer_;
  const rest::AccountMail mail_;
  const pages::PageSite site_;
};

/// The database that links in mails lead to.
struct LinkedUsers {
  storage::Adapter& storage;
  rest::SchemaService& schemas;
};

/// What following the links in mails needs, on one database.
class LinkParts {
 public:
  /// Everything given must outlive it.
  LinkParts(const MailParts& mail, LinkedUsers users, const rest::PasswordResetParts& reset);

  const api::MailServices& services() const { return services_; }

 private:
  rest::UserStore users_;
  const rest::EmailVerification verification_;
  const rest::PasswordReset reset_;
  const api::PageRoutes pages_;
  const api::MailServices services_;
};

}  // namespace parse::server
