#include <algorithm>
#include <memory>
#include <mutex>

#include "auth/providers/factories.h"
#include "auth/providers/fields.h"
#include "auth/providers/id_token_provider.h"
#include "net/url.h"

namespace parse::auth {
namespace {

struct OidcSettings {
  std::string issuer;
  std::vector<std::string> client_ids;
};

/// authData: `{"id", "id_token"}`, an identity token of any issuer that publishes where its keys are (OpenID Connect
/// Discovery 1.0). RS256 and ES256 are accepted.
class OidcProvider final : public Provider {
 public:
  OidcProvider(OidcSettings settings, KeySetSettings keys, const ProviderServices& services)
      : settings_(std::move(settings)), keys_(std::move(keys)), services_(services) {}

  ProviderResult validate(AuthPhase, const object::Object& auth_data, const ProviderRequest&) override {
    require_text(auth_data, "id_token", "id token is invalid for this user.");
    const object::Object claims = discovered()->check(auth_data);
    // A token for several audiences says for whom it was made (OpenID Connect Core, 3.1.3.7).
    const std::string party = text_at(claims, "azp");
    const auto& clients = settings_.client_ids;
    if (claims.contains("azp") && std::find(clients.begin(), clients.end(), party) == clients.end()) {
      throw refused("id token is not authorized for this client.");
    }
    return {};
  }

 private:
  /// The check with the keys of the issuer's document, which is fetched once. Several threads may do so at the same
  /// time; one result stays.
  std::shared_ptr<IdTokenCheck> discovered() {
    {
      const std::lock_guard lock(mutex_);
      if (check_) return check_;
    }
    auto made = std::make_shared<IdTokenCheck>(discover(), services_);
    const std::lock_guard lock(mutex_);
    if (!check_) check_ = std::move(made);
    return check_;
  }

  IdTokenSettings discover() {
    const Error failure(ErrorCode::kScriptFailed, "The login provider's configuration could not be read.");
    const object::Object document =
        fetch_object(services_.http, {.url = settings_.issuer + "/.well-known/openid-configuration"}, failure);
    const std::string named = text_at(document, "issuer");
    const std::string keys_url = text_at(document, "jwks_uri");
    const auto url = net::parse_url(keys_url);
    // Keys fetched without TLS are as good as none, unless the issuer itself is reached so.
    const bool as_safe = url && (url->secure || settings_.issuer.starts_with("http://"));
    if ((named != settings_.issuer && named != settings_.issuer + "/") || !as_safe) throw failure;
    KeySetSettings keys = keys_;
    keys.url = keys_url;
    return {.token_field = "id_token",
            .keys = std::move(keys),
            .rules = {.algorithms = {crypto::SignatureAlgorithm::kRs256, crypto::SignatureAlgorithm::kEs256},
                      .audiences = settings_.client_ids},
            .issuers = {named},
            .issuer_kind = "OpenID provider"};
  }

  const OidcSettings settings_;
  const KeySetSettings keys_;
  const ProviderServices services_;
  std::mutex mutex_;  // guards check_
  std::shared_ptr<IdTokenCheck> check_;
};

}  // namespace

ProviderPointer make_oidc(const ProviderSetup& setup) {
  setup.setting.flag("oidc");
  OidcSettings settings{.issuer = setup.setting.url("issuer"), .client_ids = setup.setting.text_or_texts("clientId")};
  while (settings.issuer.ends_with('/')) settings.issuer.pop_back();
  return std::make_unique<OidcProvider>(std::move(settings), read_key_set(setup.setting, ""), setup.services);
}

}  // namespace parse::auth
