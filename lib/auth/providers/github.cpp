#include "auth/providers/code_exchange.h"

namespace parse::auth {

/// authData: `{"code"}`. GitHub's ids are numbers; they become texts. Source: parse-server github.js; GitHub,
/// "Authorizing OAuth apps".
ProviderPointer make_github(const ProviderSetup& setup) {
  using Source = CodeService::Source;
  constexpr ErrorCode kCode = ErrorCode::kValidationError;
  return make_code_service(
      {.name = "GitHub",
       .token_url = "https://github.com/login/oauth/access_token",
       .send = SendFields::kJson,
       .fields = {{"client_id", Source::kClientId}, {"client_secret", Source::kClientSecret}, {"code", Source::kCode}},
       .token_failure = {kCode, "Failed to exchange code for token."},
       .user_url = "https://api.github.com/user",
       .user_failure = {kCode, "Failed to fetch GitHub user."},
       .user_invalid = {kCode, "Invalid GitHub user data received."}},
      setup);
}

}  // namespace parse::auth
