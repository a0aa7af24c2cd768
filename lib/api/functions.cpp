#include "api/functions.h"

#include <fmt/format.h>

#include "api/json_response.h"
#include "cloud/fault.h"
#include "cloud/frame.h"
#include "object/json.h"
#include "rest/hooks.h"

namespace parse::api {
namespace {

using object::Object;
using object::Value;

/// The body of the result, with the status and fields that stand before it.
http::Response response_of(const cloud::Outcome& outcome) {
  const cloud::HeadAndBody parts = cloud::split_head(outcome);
  http::Response response = json_response(200, std::string(parts.body));
  if (parts.head.empty()) return response;
  const Value head = object::parse_json(parts.head);
  const Object& chosen = head.as<Object>();
  if (const Value* status = chosen.find("status")) response.status = static_cast<int>(status->as<std::int64_t>());
  const Value* fields = chosen.find("headers");
  if (fields == nullptr) return response;
  for (const auto& [name, value] : fields->as<Object>()) {
    const std::string* text = value.get_if<std::string>();
    response.headers.set(name, text ? *text : object::to_json(value));
  }
  return response;
}

/// Parameters in the query string stay texts.
Object params_of(ApiRequest& request) {
  Object params = std::move(request.body);
  for (const auto& [name, value] : request.query) params.set(name, value);
  return params;
}

http::Response call_function(ApiRequest& request) {
  const std::string& name = request.path_params.at("name");
  const cloud::Hook* hook = rest::find_hook(request.context, cloud::HookKind::kFunction, name);
  if (hook == nullptr) throw Error(ErrorCode::kScriptFailed, fmt::format("Invalid function: \"{}\"", name));
  try {
    return response_of(rest::run_hook(request.context, *hook,
                                      {cloud::HookKind::kFunction, name, Object{{"params", params_of(request)}}}));
  } catch (const cloud::Fault& fault) {
    http::Response response = error_response(fault);
    if (fault.status() != 0) response.status = fault.status();
    return response;
  }
}

}  // namespace

void bind_functions(Routes& routes) { routes.add(http::Method::kPost, "/functions/:name", call_function); }

}  // namespace parse::api
