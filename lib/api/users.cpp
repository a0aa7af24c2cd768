#include "api/users.h"

#include "api/classes.h"
#include "api/json_response.h"
#include "object/json.h"
#include "rest/challenge.h"
#include "rest/login.h"
#include "rest/write.h"

namespace parse::api {
namespace {

using object::Object;

http::Response answer(const ApiRequest& request, const Object& user) {
  http::Response response;
  object::JsonWriter writer(response.body);
  writer.set_files_url(request.services.rest_settings.files_url);
  object::emit_object(user, writer);
  return response;
}

bool names_user(const ApiRequest& request, std::string_view key) {
  const object::Value* value = request.body.find(key);
  return value != nullptr && value->truthy();
}

/// Name and password come from the body, or all of them from the query string when a name is there that the body lacks.
Object login_params(const ApiRequest& request) {
  const auto in_query = [&](std::string_view key) {
    const std::string* value = http::find_query_value(request.query, key);
    return value != nullptr && !value->empty() && !names_user(request, key);
  };
  if (!in_query("username") && !in_query("email")) return request.body;
  Object params;
  for (const auto& [key, value] : request.query) params.set(key, value);
  return params;
}

http::Response log_in(ApiRequest& request) {
  return answer(request, rest::log_in(request.context, login_params(request), request.body.find("authData")));
}

http::Response log_in_as(ApiRequest& request) {
  const Object params = request.params();
  return answer(request, rest::log_in_as(request.context, params.find("userId")));
}

http::Response verify_password(ApiRequest& request) {
  return answer(request, rest::verify_password(request.context, login_params(request)));
}

http::Response log_out(ApiRequest& request) {
  rest::log_out(request.context);
  return json_response(200, std::string("{}"));
}

http::Response get_me(ApiRequest& request) { return answer(request, rest::current_user(request.context)); }

http::Response challenge(ApiRequest& request) {
  return json_response(200, rest::write_response_json(rest::challenge(request.context, request.body)));
}

}  // namespace

void bind_users(Routes& routes) {
  using http::Method;
  routes.add(Method::kGet, "/users/me", get_me);
  bind_class(routes, "/users", "_User");
  routes.add(Method::kGet, "/login", log_in);
  routes.add(Method::kPost, "/login", log_in);
  routes.add(Method::kPost, "/loginAs", log_in_as);
  routes.add(Method::kPost, "/logout", log_out);
  routes.add(Method::kGet, "/verifyPassword", verify_password);
  routes.add(Method::kPost, "/verifyPassword", verify_password);
  routes.add(Method::kPost, "/challenge", challenge);
}

}  // namespace parse::api
