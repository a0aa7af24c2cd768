#include "mail/smtp_mailer.h"

#include <exception>
#include <functional>
#include <string>
#include <utility>

#include "base/error.h"
#include "mail/account_mail.h"

namespace parse::mail {
namespace {

Attempt deliver(const SmtpTransport& transport, const std::function<Mail()>& make) {
  try {
    return transport.deliver(make());
  } catch (const Error& error) {
    return {Attempt::Outcome::kRefused, error.cause()};
  }
}

}  // namespace

SmtpMailer::SmtpMailer(SmtpSettings smtp, MailTemplateSettings templates, MailQueueSettings queue)
    : templates_(std::move(templates)), transport_(std::move(smtp)), queue_(std::move(queue)) {}

void SmtpMailer::send_verification(AccountMail mail) {
  queue_.post(name_of("verification mail", mail), [this, mail = std::move(mail)] {
    return deliver(transport_, [&] { return templates_.verification(mail); });
  });
}

void SmtpMailer::send_password_reset(AccountMail mail) {
  queue_.post(name_of("password reset mail", mail), [this, mail = std::move(mail)] {
    return deliver(transport_, [&] { return templates_.password_reset(mail); });
  });
}

void SmtpMailer::send(Mail mail) {
  queue_.post("mail", [this, mail = std::move(mail)] { return transport_.deliver(mail); });
}

}  // namespace parse::mail
