#pragma once

#include "mail/mail_queue.h"
#include "mail/mail_templates.h"
#include "mail/mailer.h"
#include "net/remote_adapter.h"

namespace parse::mail {

/// Hands mails to an adapter in another process (see net::RemoteAdapter): `sendVerificationEmail` and
/// `sendPasswordResetEmail` get `{"appName","link","user"}`, `sendMail` gets `{"to","subject","text","html"?}`. An
/// adapter that lists only `sendMail` gets the mails that the built-in templates make.
class HttpMailer final : public Mailer {
 public:
  /// `client` must outlive it.
  HttpMailer(net::RemoteAdapterSettings adapter, net::HttpClient& client, MailQueueSettings queue = {});

  void send_verification(AccountMail mail) override;
  void send_password_reset(AccountMail mail) override;
  void send(Mail mail) override;

 private:
  void post(std::string what, std::string method, object::Object argument);

  const MailTemplates templates_;
  const net::RemoteAdapter adapter_;
  MailQueue queue_;
};

}  // namespace parse::mail
