#include <algorithm>

#include "auth/providers/factories.h"
#include "auth/providers/fields.h"
#include "net/url.h"

namespace parse::auth {
namespace {

struct OAuth2Settings {
  std::string introspection_url;
  std::string user_id_field;
  /// Empty: the app is not checked; then the endpoint itself must know only tokens of this app.
  std::string app_id_field;
  std::vector<std::string> app_ids;
  /// Empty: none is sent.
  std::string authorization;
};

/// authData: `{"id", "access_token"}`; the token is asked about at an introspection endpoint (RFC 7662). Source:
/// parse-server oauth2.js.
class OAuth2Provider final : public Provider {
 public:
  OAuth2Provider(OAuth2Settings settings, const ProviderServices& services)
      : settings_(std::move(settings)), http_(services.http) {}

  ProviderResult validate(AuthPhase, const object::Object& auth_data, const ProviderRequest&) override {
    const Error refusal = refused("OAuth2 access token is invalid for this user.");
    const std::string token = require_text(auth_data, "access_token", refusal.message());
    const std::string claimed = require_text(auth_data, "id", refusal.message());
    const object::Object answer = introspect(token);
    const object::Value* active = answer.find("active");
    const bool* is_active = active == nullptr ? nullptr : active->get_if<bool>();
    if (is_active == nullptr || !*is_active) throw refusal;
    if (!settings_.app_id_field.empty() && !is_of_app(answer)) throw refused("OAuth2: Invalid app ID.");
    if (id_at(answer, settings_.user_id_field) != claimed) throw refusal;
    return {};
  }

 private:
  object::Object introspect(const std::string& token) {
    net::HttpRequest request{
        .method = "POST",
        .url = settings_.introspection_url,
        .headers = {{"Content-Type", "application/x-www-form-urlencoded"}, {"Accept", "application/json"}},
        .body = net::form_encode({{"token", token}})};
    if (!settings_.authorization.empty()) request.headers.emplace_back("Authorization", settings_.authorization);
    return fetch_object(http_, request, refused("OAuth2 token introspection request failed."));
  }

  bool is_of_app(const object::Object& answer) const {
    const object::Value* found = answer.find(settings_.app_id_field);
    if (found == nullptr) return false;
    const auto* list = found->get_if<object::Array>();
    if (list == nullptr) return is_app(*found);
    return std::any_of(list->begin(), list->end(), [this](const object::Value& entry) { return is_app(entry); });
  }

  bool is_app(const object::Value& value) const {
    const auto* text = value.get_if<std::string>();
    return text != nullptr &&
           std::find(settings_.app_ids.begin(), settings_.app_ids.end(), *text) != settings_.app_ids.end();
  }

  const OAuth2Settings settings_;
  net::HttpClient& http_;
};

}  // namespace

ProviderPointer make_oauth2(const ProviderSetup& setup) {
  SettingReader& setting = setup.setting;
  setting.flag("oauth2");
  OAuth2Settings settings{.introspection_url = setting.url("tokenIntrospectionEndpointUrl"),
                          .user_id_field = setting.optional_text("useridField").value_or("sub"),
                          .app_id_field = setting.optional_text("appidField").value_or(""),
                          .app_ids = {},
                          .authorization = setting.optional_text("authorizationHeader").value_or("")};
  if (!settings.app_id_field.empty()) {
    settings.app_ids = setting.texts("appIds");
  } else if (setting.has("appIds")) {
    setting.add_problem("has appIds, which are compared with what appidField names; appidField is missing");
  }
  return std::make_unique<OAuth2Provider>(std::move(settings), setup.services);
}

}  // namespace parse::auth
