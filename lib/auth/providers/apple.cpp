#include "auth/providers/id_token_provider.h"

namespace parse::auth {

/// authData: `{"id", "token"}`. Source: parse-server apple.js; Apple, "Sign in with Apple REST API".
ProviderPointer make_apple(const ProviderSetup& setup) {
  IdTokenSettings settings{.token_field = "token",
                           .keys = read_key_set(setup.setting, "https://appleid.apple.com/auth/keys"),
                           .rules = {.audiences = setup.setting.text_or_texts("clientId")},
                           .issuers = {"https://appleid.apple.com"},
                           .issuer_kind = "OpenID provider"};
  return std::make_unique<IdTokenProvider>(std::move(settings), setup.services);
}

}  // namespace parse::auth
