#pragma once

#include <string_view>

#include "http/message.h"
#include "mail/mailer.h"
#include "object/value.h"

/// Mails of Cloud Code.
namespace parse::server {

/// Parse.Cloud.sendEmail: reads `{"to","subject"?,"text"?,"html"?,"from"?}`, where `to` is an address or a list of
/// them, and hands one mail for each to `mailer`, without waiting for it. Throws kInvalidEmailAddress (125), and
/// kInvalidValue (162) for what is no text, for an unknown key, and for a mail that says nothing.
void send_cloud_mail(mail::Mailer& mailer, const object::Object& given);

}  // namespace parse::server
