#include "auth/providers/id_token_provider.h"

namespace parse::auth {

/// authData: `{"id", "id_token"}`. Source: parse-server google.js; Google Identity, "Verify the Google ID token".
ProviderPointer make_google(const ProviderSetup& setup) {
  IdTokenSettings settings{.token_field = "id_token",
                           .keys = read_key_set(setup.setting, "https://www.googleapis.com/oauth2/v3/certs"),
                           .rules = {.audiences = setup.setting.text_or_texts("clientId")},
                           .issuers = {"accounts.google.com", "https://accounts.google.com"}};
  return std::make_unique<IdTokenProvider>(std::move(settings), setup.services);
}

}  // namespace parse::auth
