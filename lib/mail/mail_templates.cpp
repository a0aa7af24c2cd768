#include "mail/mail_templates.h"

#include <fmt/format.h>

#include <vector>

#include "mail/address.h"
#include "templates/locale.h"
#include "templates/template.h"
#include "templates/text_file.h"

namespace parse::mail {
namespace {

using templates::Markup;

struct BuiltIn {
  std::string_view folder;
  std::string_view name;
  std::string_view text;
};

constexpr BuiltIn kBuiltIn[] = {
    {"", "verification.subject.txt", "Confirm your e-mail address for {{appName}}"},
    {"", "verification.txt",
     "Hello,\n\nplease confirm that {{email}} is your e-mail address for {{appName}} by following this link:\n\n"
     "{{link}}\n\nIf you do not have an account there, you can ignore this mail.\n"},
    {"", "password_reset.subject.txt", "New password for {{appName}}"},
    {"", "password_reset.txt",
     "Hello,\n\na new password was asked for your account{{#username}} \"{{username}}\"{{/username}} of {{appName}}. "
     "Follow this link to choose one:\n\n{{link}}\n\nIf it was not you who asked, you can ignore this mail.\n"},
    {"de", "verification.subject.txt", "E-Mail-Adresse für {{appName}} bestätigen"},
    {"de", "verification.txt",
     "Guten Tag,\n\nbitte bestätigen Sie mit diesem Link, dass {{email}} Ihre E-Mail-Adresse für {{appName}} ist:\n\n"
     "{{link}}\n\nWenn Sie dort kein Konto haben, brauchen Sie nichts zu tun.\n"},
    {"de", "password_reset.subject.txt", "Neues Passwort für {{appName}}"},
    {"de", "password_reset.txt",
     "Guten Tag,\n\nfür Ihr Konto{{#username}} „{{username}}“{{/username}} bei {{appName}} wurde ein neues Passwort "
     "angefordert. Mit diesem Link legen Sie eines fest:\n\n{{link}}\n\nWenn das nicht Sie waren, brauchen Sie nichts "
     "zu tun.\n"},
};

std::optional<std::string> built_in(std::string_view folder, std::string_view name) {
  for (const BuiltIn& text : kBuiltIn) {
    if (text.folder == folder && text.name == name) return std::string(text.text);
  }
  return std::nullopt;
}

std::optional<std::string> own_text(const std::string& root, const std::string& folder, const std::string& name) {
  if (root.empty()) return std::nullopt;
  return templates::read_file_below(root, folder.empty() ? name : folder + "/" + name);
}

/// The app's own texts in any language come before the built-in ones.
std::optional<std::string> find_text(const std::string& root, const std::vector<std::string>& folders,
                                     const std::string& name) {
  for (const std::string& folder : folders) {
    if (auto text = own_text(root, folder, name)) return text;
  }
  for (const std::string& folder : folders) {
    if (auto text = built_in(folder, name)) return text;
  }
  return std::nullopt;
}

/// A text field of the user in one line: what a user put there cannot look like a part of the mail.
std::string user_text(const object::Object& user, std::string_view field) {
  const object::Value* value = user.find(field);
  const auto* text = value ? value->get_if<std::string>() : nullptr;
  return text ? one_line(*text) : std::string();
}

}  // namespace

Mail MailTemplates::compose(std::string_view kind, const AccountMail& mail) const {
  const std::string locale = user_text(mail.user, settings_.locale_field);
  const auto folders = templates::locale_folders(templates::parse_locale(locale).value_or(""));
  const std::string username = user_text(mail.user, "username");
  const std::string email = user_text(mail.user, "email");
  const object::Object values{
      {"appName", mail.app_name}, {"link", mail.link}, {"username", username}, {"email", email}};
  const auto rendered = [&](std::string_view ending, Markup markup) -> std::optional<std::string> {
    const auto text = find_text(settings_.folder, folders, fmt::format("{}.{}", kind, ending));
    if (!text) return std::nullopt;
    return templates::render(*text, values, markup);
  };
  Mail made;
  // Accounts without an address may have it as their username.
  made.to = email.empty() ? username : email;
  made.subject = rendered("subject.txt", Markup::kPlain).value_or("");
  while (made.subject.ends_with('\n')) made.subject.pop_back();
  made.text = rendered("txt", Markup::kPlain).value_or("");
  made.html = rendered("html", Markup::kHtml);
  return made;
}

}  // namespace parse::mail
