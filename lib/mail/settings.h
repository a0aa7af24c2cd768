#pragma once

#include <string>
#include <variant>
#include <vector>

#include "mail/mail_templates.h"
#include "mail/smtp_transport.h"
#include "net/remote_adapter.h"
#include "object/value.h"

namespace parse::mail {

struct SmtpMailerSettings {
  SmtpSettings smtp;
  MailTemplateSettings templates;
};

/// What the option `emailAdapter` says.
using MailSettings = std::variant<SmtpMailerSettings, net::RemoteAdapterSettings>;

/// Reads `{"smtp":{"host","port","secure","user","password","from","caFile","timeout","templatesPath","localeField"}}`
/// or `{"http":{…}}` (see net::read_remote_adapter). `secure` is "tls", "starttls" or "none"; by default "tls" on port
/// 465 and "starttls" elsewhere. Every mistake is appended to `problems`, each beginning with 'emailAdapter'.
MailSettings read_mail_settings(const object::Value& setting, std::vector<std::string>& problems);

}  // namespace parse::mail
