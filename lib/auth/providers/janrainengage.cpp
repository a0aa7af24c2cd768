#include "auth/providers/code_exchange.h"
#include "auth/providers/fields.h"
#include "auth/providers/insecure_token.h"

namespace parse::auth {

/// authData: `{"id", "auth_token"}`; option `api_key`. Source: parse-server janrainengage.js; Janrain Engage,
/// "auth_info".
ProviderPointer make_janrainengage(const ProviderSetup& setup) {
  const std::string api_key = setup.setting.text("api_key");
  const auto ask = [api_key](net::HttpClient& http, const std::string& token, const Error& failure) {
    const object::Object answer = fetch_object(http,
                                               send_fields(SendFields::kForm, "https://rpxnow.com/api/v2/auth_info",
                                                           {{"token", token}, {"apiKey", api_key}, {"format", "json"}}),
                                               failure);
    const object::Value* profile = answer.find("profile");
    if (text_at(answer, "stat") != "ok" || profile == nullptr || !profile->is<object::Object>()) throw failure;
    return text_at(*profile->get_if<object::Object>(), "identifier");
  };
  return make_insecure_token(
      {.token_field = "auth_token", .failure = "Janrain engage auth is invalid for this user.", .ask = ask}, setup);
}

}  // namespace parse::auth
