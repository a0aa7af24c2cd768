#pragma once

#include <string>
#include <string_view>

#include "mail/mailer.h"

namespace parse::mail {

struct MailTemplateSettings {
  /// Folder of the app's own texts; empty: the built-in ones.
  std::string folder = {};
  /// The field of _User that names the language of his mails ("de", "de-AT"); empty: the texts without a language.
  std::string locale_field = {};
};

/// Makes mails from templates: `<kind>.subject.txt`, `<kind>.txt` and, when there is one, `<kind>.html` with kind
/// `verification` or `password_reset`, each looked for in `<folder>/de-AT`, `<folder>/de`, `<folder>` and the built-in
/// texts (English and German). Placeholders: appName, link, username, email. Any thread. Files are read for each mail,
/// so that a change needs no restart.
class MailTemplates {
 public:
  explicit MailTemplates(MailTemplateSettings settings) : settings_(std::move(settings)) {}

  /// Throws kInternal (1) for a file that is no template.
  Mail verification(const AccountMail& mail) const { return compose("verification", mail); }
  Mail password_reset(const AccountMail& mail) const { return compose("password_reset", mail); }

 private:
  Mail compose(std::string_view kind, const AccountMail& mail) const;

  const MailTemplateSettings settings_;
};

}  // namespace parse::mail
