#include "auth/providers/code_exchange.h"
#include "auth/providers/fields.h"
#include "net/url.h"

namespace parse::auth {
namespace {

/// authData: `{"id", "code", "redirect_uri"}`; `redirectUri` is read too. Source: parse-server gpgames.js; Google Play
/// Games Services, "Players: get".
class PlayGamesProvider final : public CodeExchangeProvider {
 public:
  using CodeExchangeProvider::CodeExchangeProvider;

 protected:
  Tokens exchange_code(const object::Object& auth_data) override {
    const std::string redirect = text_at(auth_data, "redirect_uri");
    const Error failure(ErrorCode::kValidationError, "Failed to exchange code for token.");
    const object::Object answer =
        fetch_object(http(),
                     send_fields(SendFields::kJson, "https://oauth2.googleapis.com/token",
                                 {{"client_id", client().id},
                                  {"client_secret", client().secret},
                                  {"code", text_at(auth_data, "code")},
                                  {"redirect_uri", redirect.empty() ? text_at(auth_data, "redirectUri") : redirect},
                                  {"grant_type", "authorization_code"}}),
                     failure);
    const std::string token = text_at(answer, "access_token");
    if (token.empty()) throw failure;
    return {.access_token = token};
  }

  /// The service answers for any player whom the token's user may see: only asking for "me" tells whose token it is.
  std::string find_user(const Tokens& tokens, const std::string& claimed_id, const object::Object&) override {
    const object::Object player = fetch_object(
        http(), {.url = "https://www.googleapis.com/games/v1/players/me", .headers = bearer(tokens.access_token)},
        Error(ErrorCode::kValidationError, "Failed to fetch Google Play Games Services user."));
    std::string id = text_at(player, "playerId");
    if (id.empty() || (!claimed_id.empty() && id != claimed_id)) {
      throw Error(ErrorCode::kValidationError, "Invalid Google Play Games Services user data received.");
    }
    return id;
  }
};

}  // namespace

ProviderPointer make_gpgames(const ProviderSetup& setup) {
  return std::make_unique<PlayGamesProvider>("gpgames", read_code_client(setup), setup.services);
}

}  // namespace parse::auth
