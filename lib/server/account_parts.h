#pragma once

#include <functional>

#include "auth/provider.h"
#include "auth/providers/services.h"
#include "config/options.h"
#include "net/poco_http_client.h"
#include "rest/accounts.h"
#include "rest/password_reset.h"
#include "rest/schema_service.h"

namespace parse::server {

/// What logging in needs and the database does not hold: built from the options alone.
class LoginParts {
 public:
  /// Throws Error naming the options that cannot be carried out.
  /// `modules`: empty when there is no Cloud Code.
  LoginParts(const config::Options& options, const std::function<Milliseconds()>& clock, auth::ModuleRunner modules);

  /// Which indexes the class of users gets. Source: options `databaseOptions.createIndex…`.
  rest::SchemaServiceSettings schema_settings() const;
  const auth::PasswordPolicy& password_policy() const { return password_policy_; }
  auth::PasswordHasher& passwords() { return passwords_; }
  const auth::Providers& providers() const { return providers_; }

 private:
  const config::UserIndexOptions indexes_;
  const bool custom_ids_;
  const auth::PasswordPolicy password_policy_;
  auth::PasswordHasher passwords_;
  net::PocoHttpClient http_;
  const auth::Providers providers_;
};

/// Everything that users, sessions and roles need, on one database.
class AccountParts {
 public:
  /// Everything given but the options must outlive it.
  AccountParts(const config::Options& options, LoginParts& logins, storage::Adapter& storage,
               const rest::AccountMail& mail);

  const rest::Accounts& accounts() const { return accounts_; }
  rest::PasswordResetParts password_reset() {
    return {accounts_.passwords, accounts_.password_policy, accounts_.lockout, sessions_,
            accounts_.settings.revoke_session_on_password_reset};
  }

 private:
  auth::Sessions sessions_;
  auth::Roles roles_;
  const rest::Accounts accounts_;
};

}  // namespace parse::server
