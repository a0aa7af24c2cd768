#include "api/sessions.h"

#include "api/classes.h"
#include "api/json_response.h"
#include "rest/my_session.h"
#include "rest/write.h"

namespace parse::api {
namespace {

http::Response get_me(ApiRequest& request) {
  return json_response(200, rest::write_response_json(rest::current_session(request.context)));
}

http::Response upgrade(ApiRequest& request) {
  return json_response(200, rest::write_response_json(rest::upgrade_to_revocable_session(request.context)));
}

}  // namespace

void bind_sessions(Routes& routes) {
  using http::Method;
  routes.add(Method::kGet, "/sessions/me", get_me);
  bind_class(routes, "/sessions", "_Session");
  routes.add(Method::kPost, "/upgradeToRevocableSession", upgrade);
}

}  // namespace parse::api
