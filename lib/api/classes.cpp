#include "api/classes.h"

#include <fmt/format.h>

#include <functional>
#include <utility>

#include "api/json_response.h"
#include "http/text.h"
#include "object/json.h"
#include "rest/find.h"
#include "rest/remove.h"
#include "rest/write.h"

namespace parse::api {
namespace {

/// The class of a route: named in the path, or by the route itself.
using ClassOf = std::function<std::string(const ApiRequest&)>;

/// A response whose body `play(writer)` writes.
template <typename Play>
http::Response played(const ApiRequest& request, Play play) {
  http::Response response;
  object::JsonWriter writer(response.body);
  writer.set_files_url(request.services.rest_settings.files_url);
  play(writer);
  return response;
}

http::Response find_objects(ApiRequest& request, const std::string& class_name) {
  return played(request,
                [&](object::JsonWriter& writer) { rest::find(request.context, class_name, request.params(), writer); });
}

/// Users who read themselves are told the token of their session again, as SDKs expect.
http::Response get_user(ApiRequest& request, const rest::ObjectId& id) {
  object::ValueBuilder builder;
  rest::get(request.context, id, request.params(), builder);
  object::Value user = builder.take();
  user.get_if<object::Object>()->set("sessionToken", request.context.principal.session_token);
  return played(request, [&](object::JsonWriter& writer) { object::emit_object(user.as<object::Object>(), writer); });
}

http::Response get_object(ApiRequest& request, const std::string& class_name) {
  const rest::ObjectId id{class_name, request.path_params.at("id")};
  if (class_name == "_User" && id.id == request.context.principal.user_id) return get_user(request, id);
  return played(request, [&](object::JsonWriter& writer) { rest::get(request.context, id, request.params(), writer); });
}

http::Response create_object(ApiRequest& request, const std::string& class_name) {
  const rest::Written written = rest::create(request.context, class_name, std::move(request.body));
  http::Response response = json_response(written.created ? 201 : 200, rest::write_response_json(written.response));
  // An installation that was there already answers like an update; a login by signup still says who it is.
  if (written.created || class_name != "_Installation")
    response.headers.add("Location", object_location(request, {class_name, written.id}));
  return response;
}

http::Response update_object(ApiRequest& request, const std::string& class_name) {
  const rest::ObjectId id{class_name, request.path_params.at("id")};
  return json_response(200, rest::write_response_json(rest::update(request.context, id, std::move(request.body))));
}

http::Response delete_object(ApiRequest& request, const std::string& class_name) {
  rest::remove(request.context, {class_name, request.path_params.at("id")});
  return json_response(200, std::string("{}"));
}

void bind_endpoints(Routes& routes, const std::string& path, const ClassOf& class_of) {
  using http::Method;
  const auto add = [&](Method method, const std::string& pattern, auto handler) {
    routes.add(method, pattern,
               [class_of, handler](ApiRequest& request) { return handler(request, class_of(request)); });
  };
  add(Method::kGet, path, find_objects);
  add(Method::kGet, path + "/:id", get_object);
  add(Method::kPost, path, create_object);
  add(Method::kPut, path + "/:id", update_object);
  add(Method::kDelete, path + "/:id", delete_object);
}

}  // namespace

std::string object_location(const ApiRequest& request, const rest::ObjectId& object) {
  const std::string* host = request.http.headers.find("Host");
  const std::string folder = object.class_name == "_User" ? "users" : "classes/" + object.class_name;
  return fmt::format("{}://{}{}/{}/{}", request.http.secure ? "https" : "http", host ? *host : "",
                     request.services.settings.mount_path, folder, object.id);
}

void bind_class(Routes& routes, const std::string& path, const std::string& class_name) {
  bind_endpoints(routes, path, [class_name](const ApiRequest&) { return class_name; });
}

void bind_classes(Routes& routes) {
  bind_endpoints(routes, "/classes/:class", [](const ApiRequest& request) { return request.path_params.at("class"); });
}

}  // namespace parse::api
