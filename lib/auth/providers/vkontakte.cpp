#include "auth/providers/code_exchange.h"
#include "auth/providers/fields.h"
#include "auth/providers/insecure_token.h"

namespace parse::auth {
namespace {

struct VkSettings {
  std::string app_id;
  std::string app_secret;
  std::string api_version;
};

std::string first_id(const object::Object& answer) {
  const object::Value* list = answer.find("response");
  const auto* users = list == nullptr ? nullptr : list->get_if<object::Array>();
  if (users == nullptr || users->empty()) return {};
  const auto* user = users->front().get_if<object::Object>();
  return user == nullptr ? "" : id_at(*user, "id");
}

}  // namespace

/// authData: `{"id", "access_token"}`; options `appIds` (one id, as a text), `appSecret`, `apiVersion`. VK's ids are
/// numbers; they are compared as texts. Source: parse-server vkontakte.js; VK, "users.get".
ProviderPointer make_vkontakte(const ProviderSetup& setup) {
  const VkSettings vk{.app_id = setup.setting.text("appIds"),
                      .app_secret = setup.setting.text("appSecret"),
                      .api_version = setup.setting.optional_text("apiVersion").value_or("5.124")};
  const auto ask = [vk](net::HttpClient& http, const std::string& token, const Error& failure) {
    const Error bad_app = refused("Vk appIds or appSecret is incorrect.");
    const object::Object app = fetch_object(http,
                                            send_fields(SendFields::kQuery, "https://oauth.vk.com/access_token",
                                                        {{"client_id", vk.app_id},
                                                         {"client_secret", vk.app_secret},
                                                         {"v", vk.api_version},
                                                         {"grant_type", "client_credentials"}}),
                                            bad_app);
    if (text_at(app, "access_token").empty()) throw bad_app;
    return first_id(fetch_object(http,
                                 send_fields(SendFields::kQuery, "https://api.vk.com/method/users.get",
                                             {{"access_token", token}, {"v", vk.api_version}}),
                                 failure));
  };
  return make_insecure_token({.failure = "Vk auth is invalid for this user.", .ask = ask}, setup);
}

}  // namespace parse::auth
