#include "api/events.h"

#include "api/json_response.h"
#include "logging/logger.h"
#include "object/json.h"

namespace parse::api {
namespace {

http::Response track_event(ApiRequest& request) {
  if (logging::enabled(logging::Level::kVerbose)) {
    logging::verbose("event {}: {}", request.path_params.at("name"), object::to_json(request.body));
  }
  return json_response(200, std::string("{}"));
}

}  // namespace

void bind_events(Routes& routes) { routes.add(http::Method::kPost, "/events/:name", track_event); }

}  // namespace parse::api
