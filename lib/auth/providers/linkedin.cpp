#include "auth/providers/code_exchange.h"

namespace parse::auth {

/// authData: `{"code", "redirect_uri"}`. Source: parse-server linkedin.js; LinkedIn, "Authorization Code Flow".
ProviderPointer make_linkedin(const ProviderSetup& setup) {
  return make_code_service({.name = "LinkedIn",
                            .token_url = "https://www.linkedin.com/oauth/v2/accessToken",
                            .token_failure = {.text = "LinkedIn API request failed."},
                            .user_url = "https://api.linkedin.com/v2/me",
                            .user_headers = {{"x-li-format", "json"}},
                            .user_failure = {.text = "LinkedIn API request failed."}},
                           setup);
}

}  // namespace parse::auth
