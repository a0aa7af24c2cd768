#include "auth/providers/code_exchange.h"

namespace parse::auth {

/// authData: `{"code", "redirect_uri"}`. Source: parse-server instagram.js; Instagram Platform, "Business Login".
ProviderPointer make_instagram(const ProviderSetup& setup) {
  return make_code_service({.name = "Instagram",
                            .token_url = "https://api.instagram.com/oauth/access_token",
                            .token_failure = {.text = "Instagram API request failed."},
                            .user_url = "https://graph.instagram.com/me?fields=id",
                            .token_place = CodeService::TokenPlace::kQuery,
                            .user_failure = {.text = "Instagram API request failed."}},
                           setup);
}

}  // namespace parse::auth
