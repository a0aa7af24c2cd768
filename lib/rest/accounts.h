#pragma once

#include <cstdint>
#include <optional>

#include "auth/account_lockout.h"
#include "auth/password_hasher.h"
#include "auth/password_policy.h"
#include "auth/provider.h"
#include "auth/roles.h"
#include "auth/sessions.h"
#include "logging/logger.h"
#include "rest/account_mail.h"

namespace parse::rest {

/// What the options say about users and sessions.
struct AccountSettings {
  /// Users get an ACL that lets nobody else read them; otherwise everybody may.
  bool enforce_private_users = true;
  bool convert_username_to_lowercase = false;
  bool convert_email_to_lowercase = false;
  /// Seconds; absent: sessions do not expire.
  std::optional<std::int64_t> session_length = 31'536'000;
  /// A changed password ends all sessions of the user.
  bool revoke_session_on_password_reset = true;
  /// `allowExpiredAuthDataToken`: authData that did not change is not checked again.
  bool allow_expired_auth_data_token = false;
  bool verify_user_emails = false;
  bool prevent_login_with_unverified_email = false;
  bool prevent_signup_with_unverified_email = false;
  /// Level at which a signup with a name already taken is logged.
  logging::Level username_taken_level = logging::Level::kInfo;
};

/// What users, sessions and roles need besides storage. All parts outlive every request.
struct Accounts {
  AccountSettings settings;
  auth::PasswordPolicy password_policy;
  auth::AccountLockout lockout;
  auth::PasswordHasher& passwords;
  auth::Sessions& sessions;
  auth::Roles& roles;
  const auth::Providers& providers;
  const AccountMail& mail;

  /// To be called when nobody knows which sessions and roles have changed.
  void forget_all() const {
    sessions.forget_all();
    roles.forget_all();
  }
};

}  // namespace parse::rest
