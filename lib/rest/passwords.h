#pragma once

#include <string_view>

#include "auth/password_hasher.h"
#include "auth/password_policy.h"
#include "object/update_op.h"
#include "object/value.h"
#include "rest/option_functions.h"

namespace parse::rest {

/// A password on its way into a _User: at signup, by PUT, or by way of a reset link.
struct NewPassword {
  std::string_view password;
  /// The username that the user will have.
  std::string_view username;
  /// The user as stored, internal fields included; nullptr at signup.
  const object::Object* stored = nullptr;
  Milliseconds now = 0;
  /// May have `passwordPolicy.validatorCallback`.
  OptionFunctions functions = {};
};

/// Checks the password against the policy, hashes it, and gives what has to be written in its place:
/// `_hashed_password`, `_password_changed_at` and `_password_history` where the policy needs them, and for a user who
/// exists the end of his reset token. Errors: kValidationError (142) of the policy, what its function threw;
/// kRequestLimitExceeded (155) of the hasher. Source: parse-server RestWrite transformUser,
/// deleteEmailResetTokenIfNeeded, runDatabaseOperation.
object::Update password_changes(const auth::PasswordPolicy& policy, auth::PasswordHasher& hasher,
                                const NewPassword& change);

/// The end of a reset token: part of every change of a password or an e-mail address.
object::Update reset_token_removal();

}  // namespace parse::rest
