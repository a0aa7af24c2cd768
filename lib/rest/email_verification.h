#pragma once

#include <string>

#include "object/update_op.h"
#include "object/value.h"
#include "rest/account_mail.h"
#include "rest/option_functions.h"
#include "rest/user_store.h"

namespace parse::rest {

/// For a user whose address is being set: adds a fresh `_email_verify_token`, its end, and `emailVerified: false` to
/// `changes`.
void begin_verification(const AccountMail& mail, object::Update& changes, Milliseconds now);
/// The end of a token: for a user whose address is taken away.
object::Update verification_removal();
/// Whether addresses are, or may be, verified: what needs a user to decide counts as yes.
bool may_verify(const AccountMail& mail, const OptionFunctions& functions);
/// After that write: sends the link to `user`, as stored, unless the option or its function says no. Never waits for
/// the mail. Throws what the function threw.
void send_verification(const AccountMail& mail, const OptionFunctions& functions, const object::Object& user);

/// Proves that users own their addresses: a link with a token goes to the address, and whoever follows it has read the
/// mail. Any thread; a value. Source: REST guide, "Verifying Emails"; parse-server UserController.
class EmailVerification {
 public:
  /// Both must outlive it and its copies.
  EmailVerification(const AccountMail& mail, UserStore& users) : mail_(mail), users_(users) {}

  /// GET verify_email: whether the token was good. It is good once, also for requests at the same time: the address is
  /// verified and the token removed in one atomic step.
  bool verify(const std::string& token, const OptionFunctions& functions, Milliseconds now) const;

  /// POST /verificationEmailRequest. `email` is the member of the body, or null. Errors: kInternal (1) without
  /// configuration; kEmailMissing (204); kInvalidEmailAddress (125) for what is no text; with
  /// `emailVerifySuccessOnInvalidEmail: false` also kEmailNotFound (205) and, for a verified address, kOtherCause (-1).
  /// Otherwise neither answer nor time tells whether the address is known (GHSA-w54v-hf9p-8856).
  void request(const object::Value& email, const OptionFunctions& functions, Milliseconds now) const;

  /// POST resend_verification_email: a user named by his username, an old token, or both; empty: not given. Whether a
  /// mail is on its way; always true when that is to be hidden (GHSA-h29g-q5c2-9h4f).
  bool resend(const std::string& username, const std::string& token, const OptionFunctions& functions,
              Milliseconds now) const;

 private:
  void renew_and_send(const object::Object& user, const OptionFunctions& functions, Milliseconds now) const;
  bool find_and_send(const query::Where& where, const OptionFunctions& functions, Milliseconds now) const;

  const AccountMail& mail_;
  UserStore& users_;
};

}  // namespace parse::rest
