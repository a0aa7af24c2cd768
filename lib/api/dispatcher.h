#pragma once

#include <chrono>
#include <functional>

#include "api/api_request.h"
#include "api/code_rate_limit.h"
#include "api/credentials.h"
#include "api/rate_limit.h"
#include "base/worker_pool.h"
#include "http/cors.h"
#include "http/request_sink.h"
#include "rest/cloud_call.h"

namespace parse::api {

/// Middleware, routing and the one place where errors become HTTP. `/health` and OPTIONS are answered on the I/O
/// thread; everything else is handed to the worker pool. A full pool answers 503 with Retry-After.
class Dispatcher final : public http::RequestSink {
 public:
  using Clock = std::function<Milliseconds()>;

  /// Everything given must outlive the dispatcher.
  Dispatcher(Services services, const Routes& routes, WorkerPool& pool, http::CorsSettings cors, Clock clock);

  void handle(http::Request request, http::Responder responder) override;
  http::Response on_fault(http::RequestFault fault, const http::Request& head) override;

  /// Serves one request on the calling thread, CORS fields included; never throws.
  http::Response serve(const http::Request& request);
  /// A request of Cloud Code, which is trusted; never throws. `call` says which hooks it is inside of.
  http::Response serve_inner(const http::Request& request, rest::CloudCall call, bool is_master);
  /// Routes a sub-request of a batch: `outer` gives the caller and the storage, `request` the verb, path and body.
  /// Errors become error responses.
  http::Response serve_part(ApiRequest& request);
  /// As serve_part, with `handler` in the place of the route's own.
  http::Response serve_part(ApiRequest& request, const ApiHandler& handler);
  /// What `work` answers; what it throws becomes an error response.
  static http::Response guarded(const std::function<http::Response()>& work);
  /// Whether a sub-request of a batch would reach a handler.
  bool has_route(http::Method method, std::string_view path) const {
    return routes_.match(method, path).kind == http::RouteMatch::Kind::kFound;
  }
  /// See Routes::known_path.
  std::string known_path(http::Method method, std::string_view path) const { return routes_.known_path(method, path); }
  /// Checks a sub-request of a batch as if it came alone: its path must be allowed, and it counts against the rate
  /// limits. Throws kOperationForbidden (119), kConnectionFailed (100).
  void admit_part(const rest::Context& context, http::Method method, std::string_view path);
  /// `more` gives further members of the answer to `/health`; any thread calls it. Before the first request.
  void tell_in_health(std::function<object::Object()> more) { more_health_ = std::move(more); }
  /// For handlers that split their work.
  WorkerPool& pool() { return pool_; }

 private:
  struct Inner;
  http::Response respond(const http::Request& request, Inner* inner = nullptr);
  std::shared_ptr<rest::CloudCall> cloud_call(const http::Request& request, const Credentials& credentials,
                                              const Inner* inner);
  std::optional<RateLimitCount> count(const rest::Context& context, http::Method method, std::string path);
  http::Response route(ApiRequest& request, const ApiHandler* instead = nullptr);
  http::Response health();

  Services services_;
  const Routes& routes_;
  RateLimiter limiter_;
  CodeRateLimiter code_limiter_;
  WorkerPool& pool_;
  http::Cors cors_;
  Clock clock_;
  std::function<object::Object()> more_health_;
};

}  // namespace parse::api
