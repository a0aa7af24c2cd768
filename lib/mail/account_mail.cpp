#include "mail/account_mail.h"

#include <fmt/format.h>

namespace parse::mail {

std::string name_of(std::string_view kind, const AccountMail& mail) {
  const object::Value* id = mail.user.find("objectId");
  const auto* text = id ? id->get_if<std::string>() : nullptr;
  return fmt::format("{} for user {}", kind, text ? *text : "?");
}

}  // namespace parse::mail
