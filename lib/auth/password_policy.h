#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "auth/password_hasher.h"
#include "object/value.h"
#include "query/regex.h"

namespace parse::auth {

/// Which passwords are accepted and how long they live. Source: option `passwordPolicy`; parse-server RestWrite
/// _validatePasswordPolicy.
struct PasswordPolicy {
  /// `validatorPattern`: some part of a password must match; absent: anything does.
  std::shared_ptr<const query::CompiledRegex> pattern;
  /// `validationError`: what the client reads when the pattern does not match; empty: a general text.
  std::string validation_error;
  /// `doNotAllowUsername`: the password may not contain the username.
  bool refuse_username = false;
  /// `maxPasswordHistory`: this many passwords, the current one among them, may not be used again. 0: all may.
  std::size_t history = 0;
  /// `maxPasswordAge`; zero: passwords never grow old.
  std::chrono::milliseconds max_age{0};
};

/// Throws kValidationError (142) when the policy, or `accepts` where it is given, refuses `password` for a user of that
/// name. `accepts` is asked only about what the pattern lets through.
void check_password(const PasswordPolicy& policy, std::string_view password, std::string_view username,
                    const std::function<bool(std::string_view)>& accepts = {});

/// Throws kValidationError (142) when `password` is among the last ones of `user`, a _User as stored. One bcrypt for
/// each password of the history.
void check_password_history(const PasswordPolicy& policy, PasswordHasher& hasher, std::string_view password,
                            const object::Object& user);

/// `_password_history` after the password of `user` has been replaced: hashes, the oldest first.
object::Array next_password_history(const PasswordPolicy& policy, const object::Object& user);

/// Whether the user must choose a new password before he can log in again. `changed_at` is his `_password_changed_at`.
bool is_password_too_old(const PasswordPolicy& policy, object::Date changed_at, Milliseconds now);

}  // namespace parse::auth
