#include "auth/providers/code_exchange.h"

namespace parse::auth {

/// authData: `{"code", "redirect_uri"}`. Source: parse-server weibo.js; Weibo, "OAuth2/access_token".
ProviderPointer make_weibo(const ProviderSetup& setup) {
  return make_code_service({.name = "Weibo",
                            .token_url = "https://api.weibo.com/oauth2/access_token",
                            .needed = {"redirect_uri"},
                            .needed_failure = {.text = "Weibo auth requires code and redirect_uri to be sent."},
                            .token_failure = {.text = "Weibo auth is invalid for this user."},
                            .user_url = "https://api.weibo.com/oauth2/get_token_info",
                            .token_place = CodeService::TokenPlace::kForm,
                            .id_field = "uid",
                            .user_failure = {.text = "Weibo auth is invalid for this user."}},
                           setup);
}

}  // namespace parse::auth
