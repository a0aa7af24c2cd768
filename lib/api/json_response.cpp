#include "api/json_response.h"

#include <utility>

#include "object/json.h"

namespace parse::api {

http::Response json_response(int status, std::string body) {
  http::Response response;
  response.status = status;
  response.body = std::move(body);
  return response;
}

http::Response json_response(int status, const object::Value& value) {
  return json_response(status, object::to_json(value));
}

http::Response unexpected_error_response() {
  return json_response(500, std::string(R"({"code":1,"message":"Internal server error."})"));
}

http::Response error_response(const Error& error) {
  const bool unexpected = error.code() == ErrorCode::kInternal && error.message() == "Internal server error.";
  if (unexpected) return unexpected_error_response();
  return json_response(http_status(error.code()),
                       object::Object{{"code", static_cast<int>(error.code())}, {"error", error.message()}});
}

http::Response plain_error_response(int status, std::string_view message) {
  return json_response(status, object::Object{{"error", message}});
}

}  // namespace parse::api
