#include "api/mount.h"

#include <fmt/format.h>

#include "api/json_response.h"
#include "http/text.h"

namespace parse::api {
namespace {

std::string_view describe(http::RequestFault fault) {
  switch (fault) {
    case http::RequestFault::kMalformed:
      return "malformed request";
    case http::RequestFault::kTimeout:
      return "request timeout";
    case http::RequestFault::kBodyTooLarge:
      return "request entity too large";
    case http::RequestFault::kExpectationFailed:
      return "expectation failed";
    case http::RequestFault::kHeadersTooLarge:
      return "request header fields too large";
  }
  return "bad request";
}

}  // namespace

std::optional<std::string_view> path_behind_mount(std::string_view path, std::string_view mount) {
  if (!path.starts_with(mount)) return std::nullopt;
  path.remove_prefix(mount.size());
  if (!path.empty() && path.front() != '/') return std::nullopt;
  if (path.starts_with("//")) path.remove_prefix(1);
  return path;
}

bool asks_for_health(const http::Request& request, std::string_view mount) {
  const auto path = path_behind_mount(request.path, mount);
  return path && (http::iequals(*path, "/health") || http::iequals(*path, "/health/"));
}

http::Response not_found(http::Method method, std::string_view path) {
  return plain_error_response(404, fmt::format("Cannot {} {}", http::to_string(method), path));
}

http::Response fault_response(http::RequestFault fault) {
  return plain_error_response(http::http_status(fault), describe(fault));
}

}  // namespace parse::api
