#pragma once

#include <functional>

#include "auth/provider.h"
#include "config/options.h"
#include "net/poco_http_client.h"
#include "rest/accounts.h"
#include "rest/password_reset.h"
#include "rest/schema_service.h"

namespace parse::server {

/// Everything that users, sessions and roles need, built from the options. `storage` and `mail` must outlive
/// it.
class AccountParts {
 public:
  /// Throws Error naming the options that cannot be carried out.
  AccountParts(const config::Options& options, storage::Adapter& storage, const rest::AccountMail& mail,
               const std::function<Milliseconds()>& clock);

  const rest::Accounts& accounts() const { return accounts_; }
  rest::PasswordResetParts password_reset() {
    return {passwords_, accounts_.password_policy, accounts_.lockout, sessions_,
            accounts_.settings.revoke_session_on_password_reset};
  }
  /// Which indexes the class of users gets. Source: options `databaseOptions.createIndex…`.
  rest::SchemaServiceSettings schema_settings() const;

 private:
  const config::UserIndexOptions indexes_;
  const bool custom_ids_;
  auth::PasswordHasher passwords_;
  auth::Sessions sessions_;
  auth::Roles roles_;
  net::PocoHttpClient http_;
  const auth::Providers providers_;
  const rest::Accounts accounts_;
};

}  // namespace parse::server
