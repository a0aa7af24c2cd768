#include "rest/email_verification.h"

#include <fmt/format.h>

#include "base/error.h"

namespace parse::rest {
namespace {

constexpr const char* kToken = "_email_verify_token";
constexpr const char* kTokenEnd = "_email_verify_token_expires_at";
constexpr const char* kVerified = "emailVerified";

bool is_verified(const object::Object& user) {
  const object::Value* verified = user.find(kVerified);
  return verified != nullptr && verified->truthy();
}

}  // namespace

object::Update EmailVerification::fresh_token(Milliseconds now) const {
  object::Update changes{{kToken, object::SetValue{new_mail_token()}}, {kVerified, object::SetValue{false}}};
  const auto life = mail_.settings().verify_token_life;
  if (life.count() > 0) changes.push_back({kTokenEnd, object::SetValue{object::Date{now + life.count()}}});
  return changes;
}

bool EmailVerification::begin(object::Update& changes, Milliseconds now) const {
  if (!mail_.settings().verify_emails) return false;
  for (object::FieldUpdate& change : fresh_token(now)) {
    std::erase_if(changes, [&](const object::FieldUpdate& given) { return given.path == change.path; });
    changes.push_back(std::move(change));
  }
  return true;
}

void EmailVerification::send(const object::Object& user) const {
  const EmailSettings& settings = mail_.settings();
  if (!settings.verify_emails || !settings.send_verification) return;
  mail_.require_configuration();
  mail_.mailer().send_verification(mail_.mail_to(user, "verify_email", user_text(user, kToken)));
}

bool EmailVerification::verify(const std::string& token, Milliseconds now) const {
  const EmailSettings& settings = mail_.settings();
  if (!settings.verify_emails || token.empty()) return false;
  query::Where where{{user_field_is(kToken, token)}};
  if (settings.verify_token_life.count() > 0) {
    where.conditions.push_back(user_field_is(kVerified, false));
    where.conditions.push_back(
        query::FieldCondition{kTokenEnd, query::Compare{query::Comparison::kGreater, object::Date{now}}});
  }
  const object::Update changes{
      {kVerified, object::SetValue{true}}, {kToken, object::DeleteField{}}, {kTokenEnd, object::DeleteField{}}};
  return mail_.change_user(std::move(where), changes, object::Date{now}).has_value();
}

void EmailVerification::request(const object::Value& email, Milliseconds now) const {
  mail_.require_configuration();
  if (!email.truthy()) throw Error(ErrorCode::kEmailMissing, "you must provide an email");
  const auto* address = email.get_if<std::string>();
  if (address == nullptr) throw Error(ErrorCode::kInvalidEmailAddress, "you must provide a valid email string");
  const query::Where where{{user_field_is("email", *address)}};
  if (mail_.settings().hide_unknown_on_verification) {
    mail_.run_hidden([self = *this, where, now] { self.find_and_send(where, now); });
    return;
  }
  const auto user = mail_.find_user(where);
  if (!user) throw Error(ErrorCode::kEmailNotFound, fmt::format("No user found with email {}", *address));
  if (is_verified(*user)) throw Error(ErrorCode::kOtherCause, fmt::format("Email {} is already verified.", *address));
  renew_and_send(*user, now);
}

bool EmailVerification::resend(const std::string& username, const std::string& token, Milliseconds now) const {
  query::Where where;
  if (!username.empty()) where.conditions.push_back(user_field_is("username", username));
  if (!token.empty()) where.conditions.push_back(user_field_is(kToken, token));
  if (!mail_.settings().hide_unknown_on_verification) return find_and_send(where, now);
  mail_.run_hidden([self = *this, where, now] { self.find_and_send(where, now); });
  return true;
}

bool EmailVerification::find_and_send(const query::Where& where, Milliseconds now) const {
  const auto user = mail_.find_user(where);
  if (!user || is_verified(*user)) return false;
  renew_and_send(*user, now);
  return true;
}

void EmailVerification::renew_and_send(const object::Object& user, Milliseconds now) const {
  const EmailSettings& settings = mail_.settings();
  if (!settings.verify_emails) return;
  const auto end = user_date(user, kTokenEnd);
  if (settings.reuse_verify_token && end && end->time > now && !user_text(user, kToken).empty()) return send(user);
  // The address must still be the one that was found, and nobody may have verified it meanwhile.
  query::Where where{{user_field_is("objectId", user.at("objectId"))}};
  where.conditions.push_back(user_field_is("email", user_text(user, "email")));
  where.conditions.push_back(query::FieldCondition{kVerified, query::NotEqual{true}});
  if (const auto renewed = mail_.change_user(std::move(where), fresh_token(now))) send(*renewed);
}

}  // namespace parse::rest
