#include "rest/password_reset.h"

#include <utility>

#include "base/error.h"
#include "rest/passwords.h"

namespace parse::rest {
namespace {

constexpr const char* kToken = "_perishable_token";
constexpr const char* kTokenEnd = "_perishable_token_expires_at";

Error bad_token() {
  return Error(ErrorCode::kOtherCause, "Failed to reset password: username / email / token is invalid");
}

/// By his address, or for a user who has none by his username.
query::Where user_with_email(const std::string& address) { return {{user_field_is("email", address)}}; }
query::Where user_with_name(const std::string& address) {
  return {{user_field_is("username", address), query::FieldCondition{"email", query::Exists{false}}}};
}

}  // namespace

void PasswordReset::request(const object::Object& body, Milliseconds now,
                            const std::function<void(const object::Object&)>& before) const {
  mail_.require_configuration();
  const object::Value none;
  const object::Value* email = body.find("email");
  const object::Value* token = body.find("token");
  if (!(email ? *email : none).truthy() && !(token ? *token : none).truthy()) {
    throw Error(ErrorCode::kEmailMissing, "you must provide an email");
  }
  std::string address;
  if (token != nullptr && token->truthy()) {
    const auto* text = token->get_if<std::string>();
    if (text == nullptr) throw Error(ErrorCode::kInvalidValue, "token must be a string");
    address = address_of_expired(*text, now);
  }
  if (address.empty() && email != nullptr && email->is<std::string>()) address = email->as<std::string>();
  if (address.empty()) throw Error(ErrorCode::kInvalidEmailAddress, "you must provide a valid email string");
  if (const auto user = before ? user_with(address) : std::nullopt) before(*user);
  if (mail_.settings().hide_unknown_on_reset) {
    users_.run_hidden([self = *this, address, now] { self.send_link(address, now); });
  } else if (!send_link(address, now)) {
    throw Error(ErrorCode::kObjectNotFound, "A user with that email does not exist.");
  }
}

std::string PasswordReset::address_of_expired(const std::string& token, Milliseconds now) const {
  query::Where where{{user_field_is(kToken, token)}};
  where.conditions.push_back(
      query::FieldCondition{kTokenEnd, query::Compare{query::Comparison::kLess, object::Date{now}}});
  const auto user = users_.find(std::move(where));
  return user ? user_text(*user, "email") : std::string();
}

std::optional<object::Object> PasswordReset::user_with(const std::string& address) const {
  auto user = users_.find(user_with_email(address));
  return user ? user : users_.find(user_with_name(address));
}

bool PasswordReset::send_link(const std::string& address, Milliseconds now) const {
  auto user = with_token(user_with_email(address), now);
  if (!user) user = with_token(user_with_name(address), now);
  if (!user) return false;
  mail_.send_password_reset(*user, user_text(*user, kToken));
  return true;
}

/// The user with a token that is good: the one he has when that may be used again, or a new one.
std::optional<object::Object> PasswordReset::with_token(query::Where where, Milliseconds now) const {
  const EmailSettings& settings = mail_.settings();
  const auto life = settings.reset_token_life;
  if (settings.reuse_reset_token && life.count() > 0) {
    const auto user = users_.find(where);
    const auto end = user ? user_date(*user, kTokenEnd) : std::nullopt;
    if (end && end->time > now && !user_text(*user, kToken).empty()) return user;
  }
  object::Update changes{{kToken, object::SetValue{new_mail_token()}}};
  if (life.count() > 0) {
    changes.push_back({kTokenEnd, object::SetValue{object::Date{now + life.count()}}});
  } else {
    changes.push_back({kTokenEnd, object::DeleteField{}});
  }
  return users_.change(std::move(where), std::move(changes));
}

object::Object PasswordReset::user_of(const std::string& token, Milliseconds now) const {
  if (token.empty()) throw bad_token();
  const auto user = users_.find({{user_field_is(kToken, token)}});
  if (!user) throw bad_token();
  const auto end = user_date(*user, kTokenEnd);
  if (mail_.settings().reset_token_life.count() > 0 && end && end->time < now) {
    throw Error(ErrorCode::kOtherCause, "The password reset link has expired");
  }
  return *user;
}

void PasswordReset::check_token(const std::string& token, Milliseconds now) const { user_of(token, now); }

void PasswordReset::set_password(const std::string& token, const std::string& password,
                                 const OptionFunctions& functions, Milliseconds now) const {
  const object::Object user = user_of(token, now);
  const std::string username = user_text(user, "username");
  object::Update changes = password_changes(parts_.policy, parts_.hasher, {password, username, &user, now, functions});
  for (object::FieldUpdate& change : auth::unlock_changes(parts_.lockout)) changes.push_back(std::move(change));
  const std::string id = user_text(user, "objectId");
  query::Where where{{user_field_is("objectId", id), user_field_is(kToken, token)}};
  if (!users_.change(std::move(where), std::move(changes), object::Date{now})) throw bad_token();
  if (!parts_.revoke_sessions) return;
  users_.remove_sessions(id);
  parts_.sessions.forget_user(id);
}

}  // namespace parse::rest
