#pragma once

#include "rest/auth_data.h"
#include "rest/write_rules.h"

namespace parse::rest {

/// _User: signup, login with authData, passwords, unique names and addresses, an ACL that keeps the user in.
/// Source: REST spec, "Users and sessions"; parse-server RestWrite.
class UserRules final : public WriteRules {
 public:
  /// Errors: kUsernameMissing (200), kPasswordMissing (201), kUnsupportedService (252), kAccountAlreadyLinked (208),
  /// kSessionMissing (206), kOperationForbidden (119), those of the login providers.
  std::optional<Written> begin(Draft& draft) override;
  /// Errors: kUsernameTaken (202), kEmailTaken (203), kInvalidEmailAddress (125), kValidationError (142).
  void settle(Draft& draft) override;
  void complete(const Draft& draft, object::Object& object) override;
  void refused(const Draft& draft, const Error& error) override;
  void end(const Draft& draft, const object::Object& stored, object::Object& response) override;
  /// Both throw kSessionMissing (206): a user is deleted by a user.
  void begin_removal(const Context& context, const ObjectId& object) override;
  void removal_refused(const Context& context, const ObjectId& object) override;
  void end_removal(const Context& context, const ObjectId& object) override;

 private:
  std::optional<Written> take_auth_data(Draft& draft);
  std::optional<Written> use_known_account(Draft& draft, const object::Object& sent, const object::Object& user);
  Written log_in_with(const Context& context, const object::Object& sent, const object::Object& user);
  void settle_password(Draft& draft);
  void settle_email(Draft& draft);
  void settle_auth_data(Draft& draft);
  void start_session(const Draft& draft, object::Object& response);
  bool needs_session(const Draft& draft, bool must_verify) const;

  /// What the providers made of `authData`; absent when none was sent.
  std::optional<AuthDataOutcome> auth_data_;
  /// Provider names, comma separated, when authData was accepted.
  std::string auth_provider_;
  std::string generated_username_;
  bool password_changed_ = false;
  bool asks_for_verification_ = false;
};

}  // namespace parse::rest
