#include "mail/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "mail/address.h"

namespace parse::mail {
namespace {

using object::Object;
using object::Value;

constexpr const char* kOption = "emailAdapter";
constexpr std::string_view kSmtpKeys[] = {"host", "port",   "secure",  "user",          "password",
                                          "from", "caFile", "timeout", "templatesPath", "localeField"};
constexpr std::chrono::milliseconds kLongestTimeout = std::chrono::minutes(5);

/// Reads the members of `smtp` and notes what is wrong with them.
class Reader {
 public:
  Reader(const Object& smtp, std::vector<std::string>& problems) : smtp_(smtp), problems_(problems) {}

  void problem(std::string_view text) { problems_.push_back(fmt::format("'{}' {}", kOption, text)); }

  std::string text(std::string_view key, bool required = false) {
    const Value* value = smtp_.find(key);
    const auto* found = value ? value->get_if<std::string>() : nullptr;
    const bool usable = found != nullptr && found->find('\0') == std::string::npos;
    if (usable && !(required && found->empty())) return *found;
    if (required || value != nullptr) problem(fmt::format("needs a text as smtp.{}", key));
    return {};
  }

  std::int64_t number(std::string_view key, std::int64_t usual, std::int64_t largest) {
    const Value* value = smtp_.find(key);
    if (value == nullptr) return usual;
    const auto* found = value->get_if<std::int64_t>();
    if (found != nullptr && *found >= 1 && *found <= largest) return *found;
    problem(fmt::format("takes a number from 1 to {} as smtp.{}", largest, key));
    return usual;
  }

  void refuse_unknown_keys() {
    for (const auto& [key, value] : smtp_) {
      if (std::find(std::begin(kSmtpKeys), std::end(kSmtpKeys), key) == std::end(kSmtpKeys)) {
        problem(fmt::format("knows no smtp.{}", key));
      }
    }
  }

 private:
  const Object& smtp_;
  std::vector<std::string>& problems_;
};

SmtpSecurity read_security(Reader& reader, std::uint16_t port) {
  constexpr std::uint16_t kTlsPort = 465;
  const std::string name = reader.text("secure");
  if (name == "tls") return SmtpSecurity::kTls;
  if (name == "starttls") return SmtpSecurity::kStartTls;
  if (name == "none") return SmtpSecurity::kNone;
  if (!name.empty()) reader.problem(R"(takes "tls", "starttls" or "none" as smtp.secure)");
  return port == kTlsPort ? SmtpSecurity::kTls : SmtpSecurity::kStartTls;
}

void check_smtp(Reader& reader, const SmtpMailerSettings& settings) {
  namespace fs = std::filesystem;
  const SmtpSettings& smtp = settings.smtp;
  std::error_code ignored;
  if (!smtp.from.empty() && !parse_mailbox(smtp.from)) {
    reader.problem(R"(takes "address" or "Name <address>" as smtp.from)");
  }
  if (smtp.user.empty() != smtp.password.empty()) reader.problem("takes smtp.user and smtp.password together only");
  if (!smtp.user.empty() && smtp.security == SmtpSecurity::kNone) {
    reader.problem("sends no password without TLS: smtp.user needs another smtp.secure");
  }
  if (!smtp.ca_file.empty() && !fs::is_regular_file(smtp.ca_file, ignored)) {
    reader.problem(fmt::format("has no file {} (smtp.caFile)", smtp.ca_file));
  }
  if (!settings.templates.folder.empty() && !fs::is_directory(settings.templates.folder, ignored)) {
    reader.problem(fmt::format("has no folder {} (smtp.templatesPath)", settings.templates.folder));
  }
}

SmtpMailerSettings read_smtp(const Object& setting, std::vector<std::string>& problems) {
  Reader reader(setting, problems);
  reader.refuse_unknown_keys();
  SmtpMailerSettings settings;
  SmtpSettings& smtp = settings.smtp;
  smtp.host = reader.text("host", true);
  smtp.port = static_cast<std::uint16_t>(reader.number("port", smtp.port, 65535));
  smtp.security = read_security(reader, smtp.port);
  smtp.user = reader.text("user");
  smtp.password = reader.text("password");
  smtp.from = reader.text("from", true);
  smtp.ca_file = reader.text("caFile");
  smtp.timeout = std::chrono::milliseconds(reader.number("timeout", smtp.timeout.count(), kLongestTimeout.count()));
  settings.templates.folder = reader.text("templatesPath");
  settings.templates.locale_field = reader.text("localeField");
  check_smtp(reader, settings);
  return settings;
}

}  // namespace

MailSettings read_mail_settings(const Value& setting, std::vector<std::string>& problems) {
  const auto* adapter = setting.get_if<Object>();
  const bool one_kind = adapter != nullptr && adapter->size() == 1;
  if (one_kind && adapter->contains("http")) {
    auto remote = net::read_remote_adapter(adapter->at("http"), kOption, problems);
    const auto has = [&](const char* method) {
      return std::find(remote.methods.begin(), remote.methods.end(), method) != remote.methods.end();
    };
    if (!has("sendMail") && !(has("sendVerificationEmail") && has("sendPasswordResetEmail"))) {
      problems.push_back(fmt::format(
          "'{}' needs sendMail, or sendVerificationEmail and sendPasswordResetEmail, among http.methods", kOption));
    }
    return remote;
  }
  const Value* smtp = one_kind ? adapter->find("smtp") : nullptr;
  if (smtp != nullptr && smtp->is<Object>()) return read_smtp(smtp->as<Object>(), problems);
  problems.push_back(
      fmt::format(R"('{}' takes {{"smtp":{{…}}}} or {{"http":{{…}}}}; modules arrive with Cloud Code)", kOption));
  return SmtpMailerSettings{};
}

}  // namespace parse::mail
