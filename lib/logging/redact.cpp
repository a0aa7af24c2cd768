#include "logging/redact.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <memory>
#include <mutex>
#include <vector>

namespace parse::logging {
namespace {

using Secrets = std::vector<std::string>;

constexpr std::size_t kShortestSecret = 6;
constexpr std::size_t kTokenDigits = 32;

std::mutex secrets_mutex;  // guards secrets_snapshot, never what it points to
std::shared_ptr<const Secrets> secrets_snapshot;

std::shared_ptr<const Secrets> known_secrets() {
  const std::lock_guard lock(secrets_mutex);
  return secrets_snapshot;
}

char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }
bool is_name_char(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-'; }

/// Letters and digits only, in lower case: "X-Parse-Master-Key" and "_MasterKey" both end in "masterkey".
std::string plain_name(std::string_view name) {
  std::string plain;
  for (const char c : name)
    if (std::isalnum(static_cast<unsigned char>(c))) plain.push_back(lower(c));
  return plain;
}

/// The length of a session token at the start of `text`: "r:" and 32 hex digits; zero when there is none.
std::size_t token_length(std::string_view text) {
  if (!text.starts_with("r:") || text.size() < 2 + kTokenDigits) return 0;
  for (std::size_t i = 2; i < 2 + kTokenDigits; ++i)
    if (!std::isxdigit(static_cast<unsigned char>(text[i]))) return 0;
  return 2 + kTokenDigits;
}

/// Where the password of "scheme://user:password@host" ends, given what follows "://"; npos when there is none.
std::size_t password_end(std::string_view authority, std::size_t& begin) {
  const auto end = std::min(authority.find_first_of("/?# \t\r\n\"'<>"), authority.size());
  const auto at = authority.substr(0, end).rfind('@');
  begin = authority.substr(0, end).find(':');
  if (at == std::string_view::npos || begin == std::string_view::npos || begin > at) return std::string_view::npos;
  ++begin;
  return at;
}

/// Reads through a text once and copies it, with masks in the place of secrets.
class Masker {
 public:
  explicit Masker(std::string_view text) : text_(text) { out_.reserve(text.size()); }

  std::string run() {
    while (at_ < text_.size()) {
      if (is_name_char(text_[at_]))
        word();
      else if (text_.substr(at_).starts_with("://"))
        uri();
      else
        out_.push_back(text_[at_++]);
    }
    return std::move(out_);
  }

 private:
  void copy_to(std::size_t end) {
    out_.append(text_.substr(at_, end - at_));
    at_ = end;
  }
  void mask_to(std::size_t end) {
    out_.append(kMask);
    at_ = end;
  }

  void word() {
    if (const auto length = token_length(text_.substr(at_)); length != 0) return mask_to(at_ + length);
    std::size_t end = at_;
    while (end < text_.size() && is_name_char(text_[end])) ++end;
    const auto name = text_.substr(at_, end - at_);
    copy_to(end);
    if (is_secret_name(name)) value();
  }

  /// After a secret name: `":"x"`, `\":\"x\"`, `: x` up to the line's end, `=x` up to a delimiter.
  void value() {
    std::size_t i = at_;
    const bool quoted_name = skip_quote(i);
    if (i < text_.size() && text_[i] == '=') return form_value(i + 1);
    while (i < text_.size() && text_[i] == ' ') ++i;
    if (i >= text_.size() || text_[i] != ':') return;
    ++i;
    while (i < text_.size() && text_[i] == ' ') ++i;
    const std::size_t quote = i;
    if (skip_quote(i)) return quoted_value(quote, i);
    if (!quoted_name) return line_value(i);
    copy_to(i);
    if (text_.substr(i).starts_with("null") || (i < text_.size() && (text_[i] == '{' || text_[i] == '['))) return;
    mask_to(std::min(text_.find_first_of(",}] \n", i), text_.size()));
  }

  /// Steps over `"`, `\"`, `'`.
  bool skip_quote(std::size_t& i) const {
    std::size_t next = i;
    while (next < text_.size() && text_[next] == '\\') ++next;
    if (next >= text_.size() || (text_[next] != '"' && text_[next] != '\'')) return false;
    i = next + 1;
    return true;
  }

  void quoted_value(std::size_t quote, std::size_t begin) {
    // The value ends at the same run of backslashes and quote that began it; a longer run is an escape within it.
    const auto opening = text_.substr(quote, begin - quote);
    std::size_t end = text_.find(opening, begin);
    while (end != std::string_view::npos && end > 0 && text_[end - 1] == '\\') end = text_.find(opening, end + 1);
    copy_to(begin);
    mask_to(std::min(end, text_.size()));
  }

  void form_value(std::size_t begin) {
    copy_to(begin);
    const auto end = std::min(text_.find_first_of("&;# \t\r\n\"'<>,", begin), text_.size());
    if (end > begin) mask_to(end);
  }

  void line_value(std::size_t begin) {
    copy_to(begin);
    const auto end = std::min(text_.find_first_of("\r\n,}", begin), text_.size());
    if (end > begin) mask_to(end);
  }

  void uri() {
    copy_to(at_ + 3);
    std::size_t begin = 0;
    const auto end = password_end(text_.substr(at_), begin);
    if (end == std::string_view::npos) return;
    const std::size_t start = at_;
    copy_to(start + begin);
    mask_to(start + end);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string out_;
};

void replace_all(std::string& text, const std::string& secret) {
  for (std::size_t at = text.find(secret); at != std::string::npos; at = text.find(secret, at + kMask.size()))
    text.replace(at, secret.size(), kMask);
}

}  // namespace

bool is_secret_name(std::string_view name) {
  static constexpr std::array<std::string_view, 15> kEndings = {
      "password",      "masterkey",     "maintenancekey", "sessiontoken", "authorization",
      "javascriptkey", "clientkey",     "restapikey",     "dotnetkey",    "windowskey",
      "webhookkey",    "encryptionkey", "filekey",        "secret",       "accesstoken"};
  if (name.size() < 6 || name.size() > 64) return false;
  const std::string plain = plain_name(name);
  return std::any_of(kEndings.begin(), kEndings.end(),
                     [&](std::string_view ending) { return plain.ends_with(ending); });
}

void add_secret(std::string_view secret) {
  if (secret.size() < kShortestSecret) return;
  const std::lock_guard lock(secrets_mutex);
  Secrets secrets = secrets_snapshot ? *secrets_snapshot : Secrets{};
  if (std::find(secrets.begin(), secrets.end(), secret) != secrets.end()) return;
  secrets.emplace_back(secret);
  // Longest first, so that a secret within another one does not leave a part of it behind.
  std::sort(secrets.begin(), secrets.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
  secrets_snapshot = std::make_shared<const Secrets>(std::move(secrets));
}

std::string redact(std::string_view text) {
  std::string masked = Masker(text).run();
  if (const auto secrets = known_secrets())
    for (const auto& secret : *secrets) replace_all(masked, secret);
  return masked;
}

}  // namespace parse::logging
