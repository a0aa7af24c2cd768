#pragma once

#include <functional>
#include <string>

#include "auth/account_lockout.h"
#include "auth/password_hasher.h"
#include "auth/password_policy.h"
#include "auth/sessions.h"
#include "object/value.h"
#include "rest/account_mail.h"
#include "rest/option_functions.h"
#include "rest/user_store.h"

namespace parse::rest {

/// What setting a password needs; all parts outlive every request.
struct PasswordResetParts {
  auth::PasswordHasher& hasher;
  const auth::PasswordPolicy& policy;
  const auth::AccountLockout& lockout;
  auth::Sessions& sessions;
  /// `revokeSessionOnPasswordReset`.
  bool revoke_sessions = true;
};

/// New passwords for users who have forgotten theirs, by way of a link in a mail. Any thread; a value.
/// Source: REST guide, "Requesting A Password Reset"; parse-server UsersRouter, UserController.
class PasswordReset {
 public:
  /// All must outlive it and its copies.
  PasswordReset(const AccountMail& mail, UserStore& users, PasswordResetParts parts)
      : mail_(mail), users_(users), parts_(parts) {}

  /// POST /requestPasswordReset with `{"email"}`, or with the `{"token"}` of a link that has expired. Errors: kInternal
  /// (1) without configuration; kEmailMissing (204); kInvalidValue (162) for a token that is no text;
  /// kInvalidEmailAddress (125) for an address that is none; with `resetPasswordSuccessOnInvalidEmail: false` also
  /// kObjectNotFound (101). Otherwise neither answer nor time tells whether the address is known.
  /// `before`, if any, is called with the user, as stored, that a mail is to go to; what it throws, `request` throws.
  void request(const object::Object& body, Milliseconds now,
               const std::function<void(const object::Object&)>& before = {}) const;

  /// Throws kOtherCause (-1), with the text for the page, unless the token of a link is good.
  void check_token(const std::string& token, Milliseconds now) const;

  /// Sets the password of the user who has `token`, ends the token, and his sessions as the settings say. Of several
  /// uses of one token at the same time one succeeds: password and token change in one atomic step
  /// (GHSA-r3xq-68wh-gwvh). Errors: as check_token; kValidationError (142) of the policy; kRequestLimitExceeded (155).
  void set_password(const std::string& token, const std::string& password, const OptionFunctions& functions,
                    Milliseconds now) const;

 private:
  object::Object user_of(const std::string& token, Milliseconds now) const;
  std::string address_of_expired(const std::string& token, Milliseconds now) const;
  std::optional<object::Object> user_with(const std::string& address) const;
  bool send_link(const std::string& address, Milliseconds now) const;
  std::optional<object::Object> with_token(query::Where where, Milliseconds now) const;

  const AccountMail& mail_;
  UserStore& users_;
  const PasswordResetParts parts_;
};

}  // namespace parse::rest
