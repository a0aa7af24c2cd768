#include "api/config.h"

#include "api/json_response.h"
#include "rest/global_config.h"

namespace parse::api {
namespace {

http::Response get_config(ApiRequest& request) { return json_response(200, rest::read_config(request.context)); }

http::Response put_config(ApiRequest& request) {
  request.require_writing_master_key("update the config");
  rest::update_config(request.context, request.body);
  return json_response(200, std::string(R"({"result":true})"));
}

}  // namespace

void bind_config(Routes& routes) {
  routes.add(http::Method::kGet, "/config", get_config);
  routes.add(http::Method::kPut, "/config", put_config);
}

}  // namespace parse::api
