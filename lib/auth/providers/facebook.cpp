#include <algorithm>

#include "auth/providers/fields.h"
#include "auth/providers/id_token_provider.h"
#include "crypto/digest.h"
#include "net/url.h"

namespace parse::auth {
namespace {

struct FacebookSettings {
  std::vector<std::string> app_ids;
  /// Empty: calls carry no proof of it.
  std::string app_secret;
};

/// authData: `{"id", "access_token"}`, a token that the Graph API says belongs to one of the apps and to the user; or
/// `{"id", "token"}`, the identity token of Limited Login. Source: parse-server facebook.js; Graph API, "Securing
/// Requests".
class FacebookProvider final : public Provider {
 public:
  FacebookProvider(FacebookSettings settings, IdTokenSettings limited_login, const ProviderServices& services)
      : settings_(std::move(settings)), limited_login_(std::move(limited_login), services), http_(services.http) {}

  ProviderResult validate(AuthPhase, const object::Object& auth_data, const ProviderRequest&) override {
    if (auth_data.contains("token")) {
      limited_login_.check(auth_data);
    } else {
      check_access_token(auth_data);
    }
    return {};
  }

 private:
  void check_access_token(const object::Object& auth_data) {
    const Error refusal = refused("Facebook auth is invalid for this user.");
    const std::string token = require_text(auth_data, "access_token", refusal.message());
    const std::string user = require_text(auth_data, "id", refusal.message());
    const std::string app = id_at(ask("app", token), "id");
    if (std::find(settings_.app_ids.begin(), settings_.app_ids.end(), app) == settings_.app_ids.end()) throw refusal;
    if (id_at(ask("me", token), "id") != user) throw refusal;
  }

  object::Object ask(const std::string& path, const std::string& token) {
    std::vector<std::pair<std::string, std::string>> query{{"fields", "id"}, {"access_token", token}};
    if (!settings_.app_secret.empty()) {
      query.emplace_back("appsecret_proof",
                         crypto::to_hex(crypto::hmac(crypto::Hash::kSha256, settings_.app_secret, token)));
    }
    return fetch_object(http_, {.url = "https://graph.facebook.com/" + path + "?" + net::form_encode(query)},
                        refused("Facebook auth is invalid for this user."));
  }

  const FacebookSettings settings_;
  IdTokenCheck limited_login_;
  net::HttpClient& http_;
};

}  // namespace

ProviderPointer make_facebook(const ProviderSetup& setup) {
  FacebookSettings settings{.app_ids = setup.setting.texts("appIds"),
                            .app_secret = setup.setting.optional_text("appSecret").value_or("")};
  IdTokenSettings limited_login{
      .token_field = "token",
      .keys = read_key_set(setup.setting, "https://www.facebook.com/.well-known/oauth/openid/jwks/"),
      .rules = {.audiences = settings.app_ids},
      .issuers = {"https://www.facebook.com"},
      .issuer_kind = "OpenID provider"};
  return std::make_unique<FacebookProvider>(std::move(settings), std::move(limited_login), setup.services);
}

}  // namespace parse::auth
