#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "object/value.h"

/// The groups of options.h that concern users, their sessions and passwords.
namespace parse::config {

/// How users come into being and log in.
struct AccountOptions {
  /// `{"<provider>": {…}}` as written; each provider reads its own part.
  object::Object auth;
  /// Deprecated: auth data is validated again only when it has changed.
  bool allow_expired_auth_data_token = false;
  /// Providers that believe an access token made for another application.
  bool enable_insecure_auth_adapters = false;
  bool enable_anonymous_users = true;
  bool convert_email_to_lowercase = false;
  bool convert_username_to_lowercase = false;
  /// New users are readable by themselves only.
  bool enforce_private_users = true;

  friend bool operator==(const AccountOptions&, const AccountOptions&) = default;
};

/// How long a session lives.
struct SessionOptions {
  /// False: sessions never end by themselves.
  bool expire_inactive = true;
  /// Each use prolongs the session by its whole length.
  bool extend_on_use = false;
  std::chrono::milliseconds length = std::chrono::hours(24 * 365);
  /// A new password ends the sessions of its user.
  bool revoke_on_password_reset = true;

  friend bool operator==(const SessionOptions&, const SessionOptions&) = default;
};

/// Locks a user after repeated failed logins.
struct LockoutOptions {
  /// Failed attempts that lock; zero means that nobody is ever locked.
  std::int64_t threshold = 0;
  /// How long a locked user stays locked; set whenever `threshold` is.
  std::chrono::milliseconds duration{0};
  bool unlock_on_password_reset = false;

  friend bool operator==(const LockoutOptions&, const LockoutOptions&) = default;
};

/// What a password must be.
struct PasswordPolicyOptions {
  /// A regular expression that a password must match; empty means every password.
  std::string validator_pattern;
  /// Replaces the message of a refused password; empty means the built-in one.
  std::string validation_error;
  bool do_not_allow_username = false;
  /// Age at which a password must be changed; zero means never.
  std::chrono::milliseconds max_password_age{0};
  /// Earlier passwords that must not be used again.
  std::size_t max_password_history = 0;
  /// Life of a reset token; zero means for ever.
  std::chrono::milliseconds reset_token_validity{0};
  /// A second mail carries the same token while it is valid.
  bool reset_token_reuse_if_valid = false;
  /// A reset for an unknown address is answered like any other.
  bool reset_password_success_on_invalid_email = true;

  friend bool operator==(const PasswordPolicyOptions&, const PasswordPolicyOptions&) = default;
};

/// Fields hidden from those who may read the object.
struct ProtectedFieldsOptions {
  /// `{"<class>": {"<group>": ["<field>"]}}`. After loading, `userSensitiveFields` and the built-in protection of
  /// e-mail addresses are part of it.
  object::Object fields = {{"_User", object::Object{{"*", object::Array{"email"}}}}};
  /// Users see their own hidden fields.
  bool owner_exempt = true;
  /// Answers to a save may contain hidden fields.
  bool save_response_exempt = true;
  /// Triggers of a change see the hidden fields of the object as it was.
  bool trigger_exempt = false;
  /// The deprecated option; empty after loading, because it is merged into `fields`.
  std::vector<std::string> user_sensitive;

  friend bool operator==(const ProtectedFieldsOptions&, const ProtectedFieldsOptions&) = default;
};

/// Which indexes the server creates for users and roles at its start.
struct UserIndexOptions {
  bool auth_data_uniqueness = true;
  bool role_name = true;
  bool email = true;
  bool email_case_insensitive = true;
  bool email_verify_token = true;
  bool password_reset_token = true;
  bool username = true;
  bool username_case_insensitive = true;

  friend bool operator==(const UserIndexOptions&, const UserIndexOptions&) = default;
};

}  // namespace parse::config
