#include "auth/providers/code_exchange.h"

namespace parse::auth {

/// authData: `{"code", "redirect_uri"}`. Source: parse-server line.js; LINE Login API.
ProviderPointer make_line(const ProviderSetup& setup) {
  return make_code_service({.name = "Line",
                            .token_url = "https://api.line.me/oauth2/v2.1/token",
                            .token_failure = {.text = "Failed to exchange code for token."},
                            .user_url = "https://api.line.me/v2/profile",
                            .id_field = "userId",
                            .user_failure = {.text = "Failed to fetch Line user."},
                            .user_invalid = {ErrorCode::kValidationError, "Invalid Line user data received."}},
                           setup);
}

}  // namespace parse::auth
