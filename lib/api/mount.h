#pragma once

#include <optional>
#include <string_view>

#include "http/message.h"
#include "http/request_sink.h"

/// What every request meets before it is routed.
namespace parse::api {

/// The path behind the mount, or nullopt when the request is for something else. One doubled slash is dropped.
std::optional<std::string_view> path_behind_mount(std::string_view path, std::string_view mount);

/// True for `/health` behind the mount, whatever the case, with any verb.
bool asks_for_health(const http::Request& request, std::string_view mount);

/// 404 `{"error":"Cannot GET /path"}`.
http::Response not_found(http::Method method, std::string_view path);

/// `{"error":…}` with the status that belongs to the fault.
http::Response fault_response(http::RequestFault fault);

}  // namespace parse::api
