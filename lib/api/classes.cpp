#include "api/classes.h"

#include <fmt/format.h>

#include "api/json_response.h"
#include "http/text.h"
#include "object/json.h"
#include "rest/find.h"
#include "rest/remove.h"
#include "rest/write.h"

namespace parse::api {
namespace {

http::Response find_objects(ApiRequest& request) {
  http::Response response;
  object::JsonWriter writer(response.body);
  writer.set_files_url(request.services.rest_settings.files_url);
  rest::find(request.context, request.path_params.at("class"), request.params(), writer);
  return response;
}

http::Response get_object(ApiRequest& request) {
  http::Response response;
  object::JsonWriter writer(response.body);
  writer.set_files_url(request.services.rest_settings.files_url);
  const rest::ObjectId id{request.path_params.at("class"), request.path_params.at("id")};
  rest::get(request.context, id, request.params(), writer);
  return response;
}

/// Where the client reaches this object: scheme and host as the client wrote them.
std::string location(const ApiRequest& request, const std::string& class_name, const std::string& id) {
  const std::string* host = request.http.headers.find("Host");
  return fmt::format("{}://{}{}/classes/{}/{}", request.http.secure ? "https" : "http", host ? *host : "",
                     request.services.settings.mount_path, class_name, id);
}

http::Response create_object(ApiRequest& request) {
  const std::string& class_name = request.path_params.at("class");
  const object::Object created = rest::create(request.context, class_name, std::move(request.body));
  http::Response response = json_response(201, rest::write_response_json(created));
  response.headers.add("Location", location(request, class_name, created.at("objectId").as<std::string>()));
  return response;
}

http::Response update_object(ApiRequest& request) {
  const rest::ObjectId id{request.path_params.at("class"), request.path_params.at("id")};
  return json_response(200, rest::write_response_json(rest::update(request.context, id, std::move(request.body))));
}

http::Response delete_object(ApiRequest& request) {
  rest::remove(request.context, {request.path_params.at("class"), request.path_params.at("id")});
  return json_response(200, std::string("{}"));
}

}  // namespace

void bind_classes(Routes& routes) {
  using http::Method;
  routes.add(Method::kGet, "/classes/:class", find_objects);
  routes.add(Method::kGet, "/classes/:class/:id", get_object);
  routes.add(Method::kPost, "/classes/:class", create_object);
  routes.add(Method::kPut, "/classes/:class/:id", update_object);
  routes.add(Method::kDelete, "/classes/:class/:id", delete_object);
}

}  // namespace parse::api
