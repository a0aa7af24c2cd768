#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "auth/providers/factories.h"
#include "auth/providers/fields.h"
#include "auth/providers/id_token_provider.h"
#include "net/url.h"

namespace parse::auth {
namespace {

struct KeycloakSettings {
  std::string issuer;
  std::string client_id;
  KeySetSettings keys;
};

/// The texts at `key`, sorted; nothing when the member is missing. Anything else makes a list that equals no other.
std::optional<std::vector<std::string>> sorted_texts(const object::Object& object, std::string_view key) {
  const object::Value* found = object.find(key);
  if (found == nullptr) return std::nullopt;
  const auto* list = found->get_if<object::Array>();
  if (list == nullptr) throw refused("Invalid authentication");
  std::vector<std::string> texts;
  for (const object::Value& entry : *list) {
    const auto* text = entry.get_if<std::string>();
    if (text == nullptr) throw refused("Invalid authentication");
    texts.push_back(*text);
  }
  std::sort(texts.begin(), texts.end());
  return texts;
}

/// authData: `{"id", "access_token", "roles", "groups"}`; the last two must say what the token says, or be missing as
/// there. The token is made for this client when its `azp` is. Source: parse-server keycloak.js.
class KeycloakProvider final : public Provider {
 public:
  KeycloakProvider(KeycloakSettings settings, const ProviderServices& services)
      : settings_(std::move(settings)), services_(services), keys_(settings_.keys, services) {}

  ProviderResult validate(AuthPhase, const object::Object& auth_data, const ProviderRequest&) override {
    const char* const missing = "Missing access token and/or User id";
    const std::string token = require_text(auth_data, "access_token", missing);
    const std::string claimed = require_text(auth_data, "id", missing);
    const object::Object claims = verify_token(token, {}, keys_, services_.clock());
    check_origin(claims);
    if (text_at(claims, "sub") != claimed) throw refused("auth data is invalid for this user.");
    if (sorted_texts(claims, "roles") != sorted_texts(auth_data, "roles") ||
        sorted_texts(claims, "groups") != sorted_texts(auth_data, "groups")) {
      throw refused("Invalid authentication");
    }
    return {};
  }

 private:
  void check_origin(const object::Object& claims) const {
    const std::string issuer = text_at(claims, "iss");
    if (issuer != settings_.issuer) {
      throw refused(fmt::format("access token not issued by correct provider - expected: {} | from: {}",
                                settings_.issuer, issuer));
    }
    const std::string party = text_at(claims, "azp");
    if (party != settings_.client_id) {
      throw refused(fmt::format("access token is not authorized for this client - expected: {} | from: {}",
                                settings_.client_id, party));
    }
  }

  const KeycloakSettings settings_;
  const ProviderServices services_;
  KeySet keys_;
};

}  // namespace

ProviderPointer make_keycloak(const ProviderSetup& setup) {
  const object::Value* config = setup.setting.value("config");
  const auto* given = config == nullptr ? nullptr : config->get_if<object::Object>();
  const object::Object fields = given == nullptr ? object::Object{} : *given;
  std::string server = text_at(fields, "auth-server-url");
  while (server.ends_with('/')) server.pop_back();
  const std::string realm = text_at(fields, "realm");
  const std::string client = text_at(fields, "client-id");
  if (!net::parse_url(server) || realm.empty() || client.empty()) {
    setup.setting.add_problem("needs an object with auth-server-url, realm and client-id as config");
  }
  const std::string issuer = server + "/realms/" + realm;
  KeycloakSettings settings{.issuer = issuer,
                            .client_id = client,
                            .keys = read_key_set(setup.setting, issuer + "/protocol/openid-connect/certs")};
  return std::make_unique<KeycloakProvider>(std::move(settings), setup.services);
}

}  // namespace parse::auth
