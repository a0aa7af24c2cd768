#include "server/cloud_mail.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "mail/address.h"

namespace parse::server {
namespace {

using object::Object;
using object::Value;

constexpr std::array<std::string_view, 5> kKeys{"to", "subject", "text", "html", "from"};

std::optional<std::string> text_of(const Object& given, std::string_view key) {
  const Value* value = given.find(key);
  if (value == nullptr || value->is_null()) return std::nullopt;
  const std::string* text = value->get_if<std::string>();
  if (text == nullptr) throw Error(ErrorCode::kInvalidValue, fmt::format("sendEmail: {} must be a text.", key));
  return *text;
}

std::string address_of(const Value& value) {
  const std::string* text = value.get_if<std::string>();
  const auto mailbox = text ? mail::parse_mailbox(*text) : std::nullopt;
  if (!mailbox) throw Error(ErrorCode::kInvalidEmailAddress, "sendEmail: a recipient is no address.");
  return mailbox->address;
}

std::vector<std::string> recipients(const Object& given) {
  const Value* to = given.find("to");
  std::vector<std::string> addresses;
  if (const auto* list = to ? to->get_if<object::Array>() : nullptr) {
    for (const Value& one : *list) addresses.push_back(address_of(one));
  } else if (to != nullptr) {
    addresses.push_back(address_of(*to));
  }
  if (addresses.empty()) throw Error(ErrorCode::kInvalidEmailAddress, "sendEmail: there is no recipient.");
  return addresses;
}

void check_keys(const Object& given) {
  for (const auto& [key, value] : given) {
    if (std::find(kKeys.begin(), kKeys.end(), key) == kKeys.end())
      throw Error(ErrorCode::kInvalidValue, fmt::format("sendEmail does not know \"{}\".", key));
  }
}

}  // namespace

void send_cloud_mail(mail::Mailer& mailer, const Object& given) {
  check_keys(given);
  mail::Mail mail{.to = {},
                  .subject = text_of(given, "subject").value_or(""),
                  .text = text_of(given, "text").value_or(""),
                  .html = text_of(given, "html"),
                  .from = text_of(given, "from")};
  if (mail.text.empty() && !mail.html) throw Error(ErrorCode::kInvalidValue, "sendEmail: there is no text.");
  if (mail.from && !mail::parse_mailbox(*mail.from))
    throw Error(ErrorCode::kInvalidEmailAddress, "sendEmail: from is no address.");
  for (std::string& address : recipients(given)) {
    mail.to = std::move(address);
    mailer.send(mail);
  }
}

}  // namespace parse::server
