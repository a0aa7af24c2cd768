#include "mail/smtp_message.h"

#include <Poco/Net/MailRecipient.h>
#include <Poco/Net/StringPartSource.h>
#include <fmt/format.h>

#include "crypto/random.h"

namespace parse::mail {
namespace {

using Poco::Net::MailMessage;

/// Mails have CRLF at the end of each line.
std::string with_crlf(std::string_view text) {
  std::string lines;
  lines.reserve(text.size() + 16);
  for (const char c : text) {
    if (c == '\r') continue;
    if (c == '\n') lines += '\r';
    lines += c;
  }
  return lines;
}

std::string encoded(std::string_view text) { return MailMessage::encodeWord(one_line(text), "UTF-8"); }

}  // namespace

void fill_message(MailMessage& message, const Mail& mail, const Mailbox& from) {
  message.setSender(from.name.empty() ? from.address : fmt::format("{} <{}>", encoded(from.name), from.address));
  message.addRecipient(Poco::Net::MailRecipient(Poco::Net::MailRecipient::PRIMARY_RECIPIENT, mail.to));
  message.setSubject(encoded(mail.subject));
  const std::string domain = from.address.substr(from.address.find('@') + 1);
  message.set("Message-ID", fmt::format("<{}@{}>", crypto::random_hex(16), domain));
  message.set("Auto-Submitted", "auto-generated");
  constexpr const char* kText = "text/plain; charset=UTF-8";
  if (!mail.html) {
    message.setContentType(kText);
    message.setContent(with_crlf(mail.text), MailMessage::ENCODING_QUOTED_PRINTABLE);
    return;
  }
  message.setContentType("multipart/alternative");
  // The message owns its parts.
  message.addPart("", new Poco::Net::StringPartSource(with_crlf(mail.text), kText), MailMessage::CONTENT_INLINE,
                  MailMessage::ENCODING_QUOTED_PRINTABLE);
  message.addPart("", new Poco::Net::StringPartSource(with_crlf(*mail.html), "text/html; charset=UTF-8"),
                  MailMessage::CONTENT_INLINE, MailMessage::ENCODING_QUOTED_PRINTABLE);
}

}  // namespace parse::mail
