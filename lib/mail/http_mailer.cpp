#include "mail/http_mailer.h"

#include <utility>

#include "base/error.h"
#include "mail/account_mail.h"

namespace parse::mail {
namespace {

object::Object argument_of(AccountMail mail) {
  return {{"appName", std::move(mail.app_name)}, {"link", std::move(mail.link)}, {"user", std::move(mail.user)}};
}

object::Object argument_of(Mail mail) {
  object::Object argument{
      {"to", std::move(mail.to)}, {"subject", std::move(mail.subject)}, {"text", std::move(mail.text)}};
  if (mail.html) argument.set("html", std::move(*mail.html));
  if (mail.from) argument.set("from", std::move(*mail.from));
  return argument;
}

}  // namespace

HttpMailer::HttpMailer(net::RemoteAdapterSettings adapter, net::HttpClient& client, MailQueueSettings queue)
    : templates_({}), adapter_(std::move(adapter), client), queue_(std::move(queue)) {}

void HttpMailer::send_verification(AccountMail mail) {
  std::string what = name_of("verification mail", mail);
  constexpr const char* kMethod = "sendVerificationEmail";
  if (adapter_.has(kMethod)) return post(std::move(what), kMethod, argument_of(std::move(mail)));
  post(std::move(what), "sendMail", argument_of(templates_.verification(mail)));
}

void HttpMailer::send_password_reset(AccountMail mail) {
  std::string what = name_of("password reset mail", mail);
  constexpr const char* kMethod = "sendPasswordResetEmail";
  if (adapter_.has(kMethod)) return post(std::move(what), kMethod, argument_of(std::move(mail)));
  post(std::move(what), "sendMail", argument_of(templates_.password_reset(mail)));
}

void HttpMailer::send(Mail mail) { post("mail", "sendMail", argument_of(std::move(mail))); }

void HttpMailer::post(std::string what, std::string method, object::Object argument) {
  queue_.post(std::move(what), [this, method = std::move(method), argument = std::move(argument)]() -> Attempt {
    try {
      adapter_.call(method, {argument});
      return {};
    } catch (const Error& error) {
      return {Attempt::Outcome::kTryAgain, error.cause().empty() ? error.message() : error.cause()};
    }
  });
}

}  // namespace parse::mail
