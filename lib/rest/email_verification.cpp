#include "rest/email_verification.h"

#include <fmt/format.h>

#include "base/error.h"
#include "rest/hooks.h"

namespace parse::rest {
namespace {

constexpr const char* kToken = "_email_verify_token";
constexpr const char* kTokenEnd = "_email_verify_token_expires_at";
constexpr const char* kVerified = "emailVerified";

bool is_verified(const object::Object& user) {
  const object::Value* verified = user.find(kVerified);
  return verified != nullptr && verified->truthy();
}

object::Update fresh_token(const EmailSettings& settings, Milliseconds now) {
  object::Update changes{{kToken, object::SetValue{new_mail_token()}}, {kVerified, object::SetValue{false}}};
  const auto life = settings.verify_token_life;
  if (life.count() > 0) changes.push_back({kTokenEnd, object::SetValue{object::Date{now + life.count()}}});
  return changes;
}

}  // namespace

bool may_verify(const AccountMail& mail, const OptionFunctions& functions) {
  return mail.settings().verify_emails || functions.has(kVerifyUserEmails);
}

void begin_verification(const AccountMail& mail, object::Update& changes, Milliseconds now) {
  for (object::FieldUpdate& change : fresh_token(mail.settings(), now)) {
    std::erase_if(changes, [&](const object::FieldUpdate& given) { return given.path == change.path; });
    changes.push_back(std::move(change));
  }
}

object::Update verification_removal() { return {{kToken, object::DeleteField{}}, {kTokenEnd, object::DeleteField{}}}; }

void send_verification(const AccountMail& mail, const OptionFunctions& functions, const object::Object& user) {
  object::Object request{{"user", request_object("_User", user)}};
  if (functions.says_yes(kSendVerification, std::move(request), mail.settings().send_verification))
    mail.send_verification(user, user_text(user, kToken));
}

bool EmailVerification::verify(const std::string& token, const OptionFunctions& functions, Milliseconds now) const {
  const EmailSettings& settings = mail_.settings();
  if (!may_verify(mail_, functions) || token.empty()) return false;
  query::Where where{{user_field_is(kToken, token)}};
  if (settings.verify_token_life.count() > 0) {
    where.conditions.push_back(user_field_is(kVerified, false));
    where.conditions.push_back(
        query::FieldCondition{kTokenEnd, query::Compare{query::Comparison::kGreater, object::Date{now}}});
  }
  object::Update changes = verification_removal();
  changes.push_back({kVerified, object::SetValue{true}});
  return users_.change(std::move(where), std::move(changes), object::Date{now}).has_value();
}

void EmailVerification::request(const object::Value& email, const OptionFunctions& functions, Milliseconds now) const {
  mail_.require_configuration();
  if (!email.truthy()) throw Error(ErrorCode::kEmailMissing, "you must provide an email");
  const auto* address = email.get_if<std::string>();
  if (address == nullptr) throw Error(ErrorCode::kInvalidEmailAddress, "you must provide a valid email string");
  const query::Where where{{user_field_is("email", *address)}};
  if (mail_.settings().hide_unknown_on_verification) {
    users_.run_hidden([self = *this, where, functions = functions.without_deadline(), now] {
      self.find_and_send(where, functions, now);
    });
    return;
  }
  const auto user = users_.find(where);
  if (!user) throw Error(ErrorCode::kEmailNotFound, fmt::format("No user found with email {}", *address));
  if (is_verified(*user)) throw Error(ErrorCode::kOtherCause, fmt::format("Email {} is already verified.", *address));
  renew_and_send(*user, functions, now);
}

bool EmailVerification::resend(const std::string& username, const std::string& token, const OptionFunctions& functions,
                               Milliseconds now) const {
  query::Where where;
  if (!username.empty()) where.conditions.push_back(user_field_is("username", username));
  if (!token.empty()) where.conditions.push_back(user_field_is(kToken, token));
  if (!mail_.settings().hide_unknown_on_verification) return find_and_send(where, functions, now);
  users_.run_hidden([self = *this, where, functions = functions.without_deadline(), now] {
    self.find_and_send(where, functions, now);
  });
  return true;
}

bool EmailVerification::find_and_send(const query::Where& where, const OptionFunctions& functions,
                                      Milliseconds now) const {
  const auto user = users_.find(where);
  if (!user || is_verified(*user)) return false;
  renew_and_send(*user, functions, now);
  return true;
}

void EmailVerification::renew_and_send(const object::Object& user, const OptionFunctions& functions,
                                       Milliseconds now) const {
  const EmailSettings& settings = mail_.settings();
  object::Object request{{"object", request_object("_User", user)}, {"resendRequest", true}};
  if (!functions.says_yes(kVerifyUserEmails, std::move(request), settings.verify_emails)) return;
  const auto end = user_date(user, kTokenEnd);
  if (settings.reuse_verify_token && end && end->time > now && !user_text(user, kToken).empty())
    return send_verification(mail_, functions, user);
  // The address must still be the one that was found, and nobody may have verified it meanwhile.
  query::Where where{{user_field_is("objectId", user.at("objectId"))}};
  where.conditions.push_back(user_field_is("email", user_text(user, "email")));
  where.conditions.push_back(query::FieldCondition{kVerified, query::NotEqual{true}});
  if (const auto renewed = users_.change(std::move(where), fresh_token(settings, now)))
    send_verification(mail_, functions, *renewed);
}

}  // namespace parse::rest
