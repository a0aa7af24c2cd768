#include "auth/providers/code_exchange.h"

namespace parse::auth {

/// authData: `{"code", "redirect_uri", "code_verifier"}`: the flow with PKCE, which sends no secret. Source:
/// parse-server spotify.js; Spotify, "Authorization Code with PKCE Flow".
ProviderPointer make_spotify(const ProviderSetup& setup) {
  using Source = CodeService::Source;
  return make_code_service(
      {.name = "spotify",
       .token_url = "https://accounts.spotify.com/api/token",
       .fields = {{"grant_type", Source::kGrantType},
                  {"code", Source::kCode},
                  {"redirect_uri", Source::kRedirectUri},
                  {"code_verifier", Source::kCodeVerifier},
                  {"client_id", Source::kClientId}},
       .needed = {"redirect_uri", "code_verifier"},
       .needed_failure = {.text =
                              "Spotify auth needs authData.code, authData.redirect_uri and authData.code_verifier."},
       .token_failure = {.text = "Spotify API request failed."},
       .user_url = "https://api.spotify.com/v1/me",
       .user_failure = {.text = "Spotify API request failed."}},
      setup);
}

}  // namespace parse::auth
