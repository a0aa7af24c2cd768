#include "mail/address.h"

#include <algorithm>

namespace parse::mail {
namespace {

bool is_plain(char c) {
  constexpr std::string_view kSpecial = "()<>[]:;@\\,\"";
  return c > ' ' && c < '\x7f' && kSpecial.find(c) == std::string_view::npos;
}

bool is_part(std::string_view part, std::size_t longest) {
  return !part.empty() && part.size() <= longest && std::all_of(part.begin(), part.end(), is_plain);
}

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

}  // namespace

bool is_address(std::string_view text) {
  const std::size_t at = text.rfind('@');
  return at != std::string_view::npos && is_part(text.substr(0, at), 64) && is_part(text.substr(at + 1), 255);
}

std::optional<Mailbox> parse_mailbox(std::string_view text) {
  const std::size_t open = text.find('<');
  Mailbox mailbox;
  if (open == std::string_view::npos) {
    mailbox.address = trimmed(text);
  } else {
    if (!text.ends_with('>')) return std::nullopt;
    mailbox.address = text.substr(open + 1, text.size() - open - 2);
    mailbox.name = trimmed(text.substr(0, open));
  }
  const bool clean =
      mailbox.name.find_first_of("<>\"\\,;:") == std::string::npos && one_line(mailbox.name) == mailbox.name;
  if (!clean || !is_address(mailbox.address)) return std::nullopt;
  return mailbox;
}

std::string one_line(std::string_view text) {
  std::string line(text);
  std::replace_if(
      line.begin(), line.end(), [](unsigned char c) { return c < ' ' || c == 0x7f; }, ' ');
  return line;
}

}  // namespace parse::mail
