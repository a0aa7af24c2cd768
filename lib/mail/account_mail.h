#pragma once

#include <string>
#include <string_view>

#include "mail/mailer.h"

namespace parse::mail {

/// "<kind> for user <objectId>": how the log names a mail, without the address.
std::string name_of(std::string_view kind, const AccountMail& mail);

}  // namespace parse::mail
