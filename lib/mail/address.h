#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace parse::mail {

/// "Name <address>" or "address".
struct Mailbox {
  std::string name;
  std::string address;
};

/// Whether a mail can be addressed to `text`: `local@domain` in ASCII, without blanks, control characters, quotes,
/// brackets, commas and the like, so that it names one recipient and cannot add anything to a mail's head or to a
/// command of SMTP.
bool is_address(std::string_view text);

/// Nothing when the address is none.
std::optional<Mailbox> parse_mailbox(std::string_view text);

/// `text` in one line: control characters become blanks.
std::string one_line(std::string_view text);

}  // namespace parse::mail
