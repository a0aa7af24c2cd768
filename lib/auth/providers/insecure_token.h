#pragma once

#include <functional>
#include <string>

#include "auth/provider.h"
#include "auth/providers/factories.h"

namespace parse::auth {

/// A service that says whose an access token is, but not for which app it was made. Such a provider works only with
/// `enableInsecureAuth` and `enableInsecureAuthAdapters`.
struct InsecureToken {
  /// The member of authData that holds the token.
  std::string token_field = "access_token";
  std::string failure;
  /// Asks the service; returns the user's id, or "" when it knows none.
  std::function<std::string(net::HttpClient& http, const std::string& token, const Error& failure)> ask;
};

/// A provider over `token`; tells a problem when insecure providers are not allowed.
ProviderPointer make_insecure_token(InsecureToken token, const ProviderSetup& setup);

}  // namespace parse::auth
