#include "api/email.h"

#include "api/json_response.h"
#include "rest/account_hooks.h"
#include "rest/hooks.h"

namespace parse::api {
namespace {

http::Response done() { return json_response(200, std::string("{}")); }

http::Response request_password_reset(ApiRequest& request) {
  std::function<void(const object::Object&)> before;
  if (rest::find_hook(request.context, cloud::HookKind::kBeforePasswordResetRequest, "_User"))
    before = [&](const object::Object& user) { rest::call_before_password_reset(request.context, user); };
  request.services.mails.reset.request(request.body, request.context.now, before);
  return done();
}

http::Response request_verification(ApiRequest& request) {
  const object::Value* email = request.body.find("email");
  request.services.mails.verification.request(email ? *email : object::Value(), rest::OptionFunctions(request.context),
                                              request.context.now);
  return done();
}

}  // namespace

void bind_email(Routes& routes) {
  routes.add(http::Method::kPost, "/requestPasswordReset", request_password_reset);
  routes.add(http::Method::kPost, "/verificationEmailRequest", request_verification);
}

}  // namespace parse::api
