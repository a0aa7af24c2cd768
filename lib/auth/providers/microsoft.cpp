#include "auth/providers/code_exchange.h"

namespace parse::auth {

/// authData: `{"code", "redirect_uri"}`. Source: parse-server microsoft.js; Microsoft identity platform, "Authorization
/// code flow".
ProviderPointer make_microsoft(const ProviderSetup& setup) {
  return make_code_service({.name = "Microsoft",
                            .token_url = "https://login.microsoftonline.com/common/oauth2/v2.0/token",
                            .token_failure = {.text = "Microsoft API request failed."},
                            .user_url = "https://graph.microsoft.com/v1.0/me",
                            .user_failure = {.text = "Microsoft API request failed."}},
                           setup);
}

}  // namespace parse::auth
