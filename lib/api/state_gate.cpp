#include "api/state_gate.h"

#include <fmt/format.h>

#include <utility>

#include "api/json_response.h"
#include "api/mount.h"

namespace parse::api {
namespace {

http::Response health_answer(std::string_view state) {
  http::Response response = json_response(503, fmt::format(R"({{"status":"{}"}})", state));
  response.headers.add("Retry-After", "1");
  return response;
}

}  // namespace

StateGate::StateGate(std::string mount_path, http::CorsSettings cors)
    : mount_path_(std::move(mount_path)), cors_(std::move(cors)) {}

void StateGate::handle(http::Request request, http::Responder responder) {
  http::RequestSink* const dispatcher = dispatcher_.load(std::memory_order_acquire);
  const bool is_reachable = is_reachable_.load(std::memory_order_relaxed);
  if (dispatcher != nullptr && (is_reachable || !asks_for_health(request, mount_path_))) {
    dispatcher->handle(std::move(request), std::move(responder));
    return;
  }
  if (request.method == http::Method::kOptions) {
    responder.respond(cors_.preflight(request));
    return;
  }
  http::Response response = dispatcher != nullptr ? health_answer("error") : closed_answer(request);
  response.shared_fields = cors_.fields(request);
  responder.respond(std::move(response));
}

http::Response StateGate::closed_answer(const http::Request& request) const {
  if (asks_for_health(request, mount_path_)) return health_answer("starting");
  if (!path_behind_mount(request.path, mount_path_)) return not_found(request.method, request.path);
  http::Response response = error_response(Error(ErrorCode::kInternal, "Invalid server state: starting"));
  response.headers.add("Retry-After", "1");
  return response;
}

http::Response StateGate::on_fault(http::RequestFault fault, const http::Request& head) {
  http::Response response = fault_response(fault);
  response.shared_fields = cors_.fields(head);
  return response;
}

}  // namespace parse::api
