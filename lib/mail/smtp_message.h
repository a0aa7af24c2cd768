#pragma once

#include <Poco/Net/MailMessage.h>

#include "mail/address.h"
#include "mail/mailer.h"

namespace parse::mail {

/// Fills `message` with the head and the parts of `mail`: quoted-printable, UTF-8, text and HTML as alternatives.
/// Control characters never reach the head.
void fill_message(Poco::Net::MailMessage& message, const Mail& mail, const Mailbox& from);

}  // namespace parse::mail
