#include "auth/providers/code_exchange.h"
#include "auth/providers/fields.h"
#include "net/url.h"

namespace parse::auth {
namespace {

/// authData: `{"code"}`. Source: parse-server wechat.js; WeChat Open Platform, "sns/oauth2/access_token".
class WeChatProvider final : public CodeExchangeProvider {
 public:
  using CodeExchangeProvider::CodeExchangeProvider;

 protected:
  Tokens exchange_code(const object::Object& auth_data) override {
    const object::Object answer =
        fetch_object(http(),
                     send_fields(SendFields::kQuery, "https://api.weixin.qq.com/sns/oauth2/access_token",
                                 {{"appid", client().id},
                                  {"secret", client().secret},
                                  {"code", text_at(auth_data, "code")},
                                  {"grant_type", "authorization_code"}}),
                     invalid());
    const Tokens tokens{.access_token = text_at(answer, "access_token"), .user_id = text_at(answer, "openid")};
    if (tokens.access_token.empty() || tokens.user_id.empty()) throw invalid();
    return tokens;
  }

  std::string find_user(const Tokens& tokens, const std::string& claimed_id, const object::Object&) override {
    const std::string user = tokens.user_id.empty() ? claimed_id : tokens.user_id;
    const object::Object answer = fetch_object(http(),
                                               send_fields(SendFields::kQuery, "https://api.weixin.qq.com/sns/auth",
                                                           {{"access_token", tokens.access_token}, {"openid", user}}),
                                               invalid());
    const object::Value* code = answer.find("errcode");
    if (code == nullptr || !(*code == object::Value(0))) throw invalid();
    return user;
  }
};

}  // namespace

ProviderPointer make_wechat(const ProviderSetup& setup) {
  return std::make_unique<WeChatProvider>("WeChat", read_code_client(setup), setup.services);
}

}  // namespace parse::auth
