#include "auth/providers/insecure_token.h"

#include "auth/providers/fields.h"

namespace parse::auth {
namespace {

class InsecureTokenProvider final : public Provider {
 public:
  InsecureTokenProvider(InsecureToken token, const ProviderServices& services)
      : token_(std::move(token)), http_(services.http) {}

  ProviderResult validate(AuthPhase, const object::Object& auth_data, const ProviderRequest&) override {
    const Error failure = refused(token_.failure);
    const std::string token = require_text(auth_data, token_.token_field, token_.failure);
    const std::string claimed = require_text(auth_data, "id", token_.failure);
    if (token_.ask(http_, token, failure) != claimed) throw failure;
    return {};
  }

 private:
  const InsecureToken token_;
  net::HttpClient& http_;
};

}  // namespace

ProviderPointer make_insecure_token(InsecureToken token, const ProviderSetup& setup) {
  if (!setup.setting.has("enableInsecureAuth")) {
    setup.setting.add_problem("works only with enableInsecureAuth: nobody can tell for which app its tokens were made");
  }
  setup.insecure();
  return std::make_unique<InsecureTokenProvider>(std::move(token), setup.services);
}

}  // namespace parse::auth
