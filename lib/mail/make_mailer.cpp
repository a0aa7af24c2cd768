#include "mail/make_mailer.h"

#include "mail/http_mailer.h"
#include "mail/smtp_mailer.h"

namespace parse::mail {

std::unique_ptr<Mailer> make_mailer(MailSettings settings, net::HttpClient& client) {
  if (auto* remote = std::get_if<net::RemoteAdapterSettings>(&settings)) {
    return std::make_unique<HttpMailer>(std::move(*remote), client);
  }
  auto& smtp = std::get<SmtpMailerSettings>(settings);
  return std::make_unique<SmtpMailer>(std::move(smtp.smtp), std::move(smtp.templates));
}

}  // namespace parse::mail
