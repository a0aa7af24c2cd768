#include <map>
#include <string>

#include "pages/page.h"

namespace parse::pages {
namespace {

constexpr std::string_view kFrame = R"(<!DOCTYPE html>
<html lang="$lang">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title>
</head>
<body>
<h1>{{appName}}</h1>
<h2>$title</h2>
$body
</body>
</html>
)";

/// The form works without scripts; the script only says at once when the two passwords differ.
constexpr std::string_view kResetForm = R"(<p>$intro{{#username}} <b>{{username}}</b>{{/username}}</p>
{{#error}}<p role="alert">{{error}}</p>{{/error}}
<form id="form" method="POST" action="{{publicServerUrl}}/{{pagesEndpoint}}/{{appId}}/request_password_reset">
<input type="hidden" name="token" value="{{token}}">
<input type="hidden" name="username" value="{{username}}">
<input type="hidden" name="locale" value="{{locale}}">
<p><label>$new <input type="password" name="new_password" id="new" autocomplete="new-password" required></label></p>
<p><label>$again <input type="password" id="again" autocomplete="new-password" required></label></p>
<p id="differ" role="alert" hidden>$differ</p>
<p><button type="submit">$submit</button></p>
</form>
<script>
document.getElementById('form').addEventListener('submit', function (event) {
  var same = document.getElementById('new').value === document.getElementById('again').value;
  document.getElementById('differ').hidden = same;
  if (!same) event.preventDefault();
});
</script>)";

constexpr std::string_view kResendForm = R"(<p>$intro</p>
<form method="POST" action="{{publicServerUrl}}/{{pagesEndpoint}}/{{appId}}/resend_verification_email">
<input type="hidden" name="token" value="{{token}}">
<input type="hidden" name="locale" value="{{locale}}">
<p><label>$name <input type="text" name="username" autocomplete="username"></label></p>
<p><button type="submit">$submit</button></p>
</form>)";

struct Text {
  std::string_view language;
  Page page;
  std::string_view title;
  std::string_view body;
};

constexpr Text kTexts[] = {
    {"en", Page::kPasswordReset, "Choose a new password", {}},
    {"en", Page::kPasswordResetSuccess, "Your password has been changed", "<p>You can log in with it now.</p>"},
    {"en", Page::kPasswordResetLinkInvalid, "This link is not valid",
     "<p>It has been used already, is too old, or is incomplete. Ask for a new one in the app.</p>"},
    {"en", Page::kEmailVerificationSuccess, "Your e-mail address is confirmed", "<p>Thank you.</p>"},
    {"en", Page::kEmailVerificationSendFail, "No mail was sent",
     "<p>There is no such user, or the address is confirmed already.</p>"},
    {"en", Page::kEmailVerificationSendSuccess, "A mail is on its way", "<p>Please look into your inbox.</p>"},
    {"en", Page::kEmailVerificationLinkInvalid, "This link is not valid", {}},
    {"en", Page::kEmailVerificationLinkExpired, "This link is too old", {}},
    {"de", Page::kPasswordReset, "Neues Passwort wählen", {}},
    {"de", Page::kPasswordResetSuccess, "Ihr Passwort ist geändert", "<p>Sie können sich jetzt damit anmelden.</p>"},
    {"de", Page::kPasswordResetLinkInvalid, "Dieser Link ist ungültig",
     "<p>Er wurde schon benutzt, ist zu alt oder unvollständig. Fordern Sie in der App einen neuen an.</p>"},
    {"de", Page::kEmailVerificationSuccess, "Ihre E-Mail-Adresse ist bestätigt", "<p>Vielen Dank.</p>"},
    {"de", Page::kEmailVerificationSendFail, "Es wurde keine E-Mail gesendet",
     "<p>Es gibt kein solches Konto, oder die Adresse ist schon bestätigt.</p>"},
    {"de", Page::kEmailVerificationSendSuccess, "Eine E-Mail ist unterwegs",
     "<p>Bitte sehen Sie in Ihrem Posteingang nach.</p>"},
    {"de", Page::kEmailVerificationLinkInvalid, "Dieser Link ist ungültig", {}},
    {"de", Page::kEmailVerificationLinkExpired, "Dieser Link ist zu alt", {}},
};

struct FormWord {
  std::string_view language;
  std::string_view name;
  std::string_view reset;
  std::string_view resend;
};

constexpr FormWord kFormWords[] = {
    {"en", "intro", "Choose the password for your account", "Enter your username to get a new mail."},
    {"en", "new", "New password", ""},
    {"en", "again", "Once more", ""},
    {"en", "differ", "The two passwords differ.", ""},
    {"en", "name", "", "Username"},
    {"en", "submit", "Change password", "Send"},
    {"de", "intro", "Wählen Sie das Passwort für Ihr Konto",
     "Geben Sie Ihren Benutzernamen ein, um eine neue E-Mail zu erhalten."},
    {"de", "new", "Neues Passwort", ""},
    {"de", "again", "Noch einmal", ""},
    {"de", "differ", "Die beiden Passwörter sind verschieden.", ""},
    {"de", "name", "", "Benutzername"},
    {"de", "submit", "Passwort ändern", "Senden"},
};

void replace(std::string& text, std::string_view name, std::string_view value) {
  const std::string mark = "$" + std::string(name);
  for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + value.size())) {
    text.replace(at, mark.size(), value);
  }
}

std::string body_of(const Text& text) {
  if (!text.body.empty()) return std::string(text.body);
  const bool reset = text.page == Page::kPasswordReset;
  std::string body(reset ? kResetForm : kResendForm);
  for (const FormWord& word : kFormWords) {
    if (word.language == text.language) replace(body, word.name, reset ? word.reset : word.resend);
  }
  return body;
}

/// By file: "password_reset.html", "de/password_reset.html".
std::map<std::string, std::string, std::less<>> make_pages() {
  std::map<std::string, std::string, std::less<>> pages;
  for (const Text& text : kTexts) {
    std::string page(kFrame);
    replace(page, "body", body_of(text));
    replace(page, "title", text.title);
    replace(page, "lang", text.language);
    const std::string folder = text.language == "en" ? std::string() : std::string(text.language) + "/";
    pages.emplace(folder + std::string(page_file(text.page)), std::move(page));
  }
  return pages;
}

}  // namespace

std::optional<std::string_view> built_in_page(std::string_view file) {
  static const auto pages = make_pages();
  const auto found = pages.find(file);
  return found == pages.end() ? std::nullopt : std::optional<std::string_view>(found->second);
}

}  // namespace parse::pages
