#include "api/purge.h"

#include "api/json_response.h"
#include "schema/names.h"

namespace parse::api {
namespace {

http::Response purge(ApiRequest& request) {
  request.require_writing_master_key("purge a schema");
  const std::string& class_name = request.path_params.at("class");
  const auto snapshot = request.services.schemas.snapshot();
  if (snapshot->find(class_name) != nullptr && !schema::is_volatile_class(class_name))
    request.context.storage.remove(*snapshot, class_name, {});
  // What was remembered of accounts may be gone.
  request.services.accounts.forget_all();
  return json_response(200, std::string("{}"));
}

}  // namespace

void bind_purge(Routes& routes) { routes.add(http::Method::kDelete, "/purge/:class", purge); }

}  // namespace parse::api
