#include "auth/providers/fields.h"
#include "auth/providers/insecure_token.h"

namespace parse::auth {

/// authData: `{"id", "access_token"}`. Source: parse-server phantauth.js; PhantAuth, "userinfo".
ProviderPointer make_phantauth(const ProviderSetup& setup) {
  const auto ask = [](net::HttpClient& http, const std::string& token, const Error& failure) {
    return id_at(fetch_object(http, {.url = "https://phantauth.net/auth/userinfo", .headers = bearer(token)}, failure),
                 "sub");
  };
  return make_insecure_token({.failure = "PhantAuth auth is invalid for this user.", .ask = ask}, setup);
}

}  // namespace parse::auth
