#include "auth/providers/code_exchange.h"
#include "auth/providers/fields.h"
#include "object/json.h"

namespace parse::auth {
namespace {

/// authData: `{"code", "redirect_uri"}`. The service answers `callback( {…} );`, or JSON where that is asked for.
/// Source: parse-server qq.js; QQ Connect, "oauth2.0/me".
class QqProvider final : public CodeExchangeProvider {
 public:
  using CodeExchangeProvider::CodeExchangeProvider;

 protected:
  Tokens exchange_code(const object::Object& auth_data) override {
    const object::Object answer =
        ask("https://graph.qq.com/oauth2.0/token", {{"grant_type", "authorization_code"},
                                                    {"client_id", client().id},
                                                    {"client_secret", client().secret},
                                                    {"redirect_uri", text_at(auth_data, "redirect_uri")},
                                                    {"code", text_at(auth_data, "code")},
                                                    {"fmt", "json"}});
    return {.access_token = require_text(answer, "access_token", invalid().message())};
  }

  std::string find_user(const Tokens& tokens, const std::string&, const object::Object&) override {
    const object::Object user =
        ask("https://graph.qq.com/oauth2.0/me", {{"access_token", tokens.access_token}, {"fmt", "json"}});
    if (!client().id.empty() && id_at(user, "client_id") != client().id) throw invalid();
    return require_text(user, "openid", invalid().message());
  }

 private:
  object::Object ask(const std::string& url, const std::vector<std::pair<std::string, std::string>>& fields) {
    net::HttpResponse answer = http().send(send_fields(SendFields::kQuery, url, fields));
    if (!answer.ok()) throw refused("qq API request failed.");
    const std::size_t start = answer.body.find('(');
    const std::size_t end = answer.body.rfind(')');
    if (answer.body.starts_with("callback") && start < end && end != std::string::npos) {
      answer.body = answer.body.substr(start + 1, end - start - 1);
    }
    return read_object(answer, invalid());
  }
};

}  // namespace

ProviderPointer make_qq(const ProviderSetup& setup) {
  return std::make_unique<QqProvider>("qq", read_code_client(setup), setup.services);
}

}  // namespace parse::auth
