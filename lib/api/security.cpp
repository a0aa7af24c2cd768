#include "api/security.h"

#include "api/http_error.h"
#include "api/json_response.h"

namespace parse::api {
namespace {

http::Response show_report(ApiRequest& request) {
  request.require_master_key();
  const auto& report = request.services.settings.security_report;
  if (!report) throw HttpError{409, "The option security.enableCheck must be true for a security check."};
  return json_response(200, object::Value(*report));
}

}  // namespace

void bind_security(Routes& routes) { routes.add(http::Method::kGet, "/security", show_report); }

}  // namespace parse::api
