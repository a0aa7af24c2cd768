#pragma once

#include "mail/mail_queue.h"
#include "mail/mail_templates.h"
#include "mail/mailer.h"
#include "mail/smtp_transport.h"

namespace parse::mail {

/// Makes mails from templates and sends them to an SMTP server.
class SmtpMailer final : public Mailer {
 public:
  SmtpMailer(SmtpSettings smtp, MailTemplateSettings templates, MailQueueSettings queue = {});

  void send_verification(AccountMail mail) override;
  void send_password_reset(AccountMail mail) override;
  void send(Mail mail) override;

 private:
  const MailTemplates templates_;
  const SmtpTransport transport_;
  MailQueue queue_;
};

}  // namespace parse::mail
