#include "auth/providers/fields.h"
#include "auth/providers/insecure_token.h"

namespace parse::auth {

/// authData: `{"id", "access_token"}`. Source: parse-server meetup.js; Meetup API 2.
ProviderPointer make_meetup(const ProviderSetup& setup) {
  const auto ask = [](net::HttpClient& http, const std::string& token, const Error& failure) {
    return id_at(fetch_object(http, {.url = "https://api.meetup.com/2/member/self", .headers = bearer(token)}, failure),
                 "id");
  };
  return make_insecure_token({.failure = "Meetup auth is invalid for this user.", .ask = ask}, setup);
}

}  // namespace parse::auth
