#include "api/dispatcher.h"

#include <fmt/format.h>

#include <exception>
#include <utility>

#include "api/body.h"
#include "api/credentials.h"
#include "api/http_error.h"
#include "api/idempotency.h"
#include "api/json_response.h"
#include "api/mount.h"
#include "api/session_check.h"
#include "base/ascii.h"
#include "logging/logger.h"
#include "object/json.h"

namespace parse::api {
namespace {

/// `_method` turns a POST into the verb it names; the key never reaches a handler.
http::Method take_method(http::Method transport, object::Object& body) {
  if (transport != http::Method::kPost) return transport;
  const object::Value* wanted = body.find("_method");
  if (wanted == nullptr || !wanted->truthy()) return transport;
  const std::string* text = wanted->get_if<std::string>();
  const std::string verb = text ? ascii_upper(*text) : std::string();
  body.erase("_method");
  return text ? http::parse_method(verb) : transport;
}

/// What `--verbose` shows of each request; the log masks keys, tokens and passwords. Source: parse-server logRequest.
void log_exchange(const http::Request& request, const http::Response& response) {
  constexpr std::size_t kShown = 16 * 1024;
  const std::string_view method = http::to_string(request.method);
  const std::string url = request.query.empty() ? request.path : request.path + '?' + request.query;
  logging::verbose("REQUEST for [{}] {}: {}", method, url, request.body.substr(0, kShown));
  logging::verbose("RESPONSE from [{}] {}: {} {}", method, url, response.status, response.body.substr(0, kShown));
}

/// What `work` throws; nullptr when it ends well.
template <typename Work>
std::exception_ptr caught(Work work) {
  try {
    work();
    return nullptr;
  } catch (const Error&) {
    return std::current_exception();
  }
}

http::Response too_many_requests(const RateLimitCount& limit, Milliseconds now) {
  http::Response response = error_response(Error(ErrorCode::kConnectionFailed, limit.message));
  add_rate_limit_headers(limit, now, response);
  return response;
}

/// Runs `work` and turns whatever it throws into a response: the one catch for HTTP.
template <typename Work>
http::Response catching(Work work) {
  try {
    return work();
  } catch (const Error& error) {
    if (!error.cause().empty())
      logging::error("Parse error {}: {} ({})", static_cast<int>(error.code()), error.message(), error.cause());
    return error_response(error);
  } catch (const HttpError& error) {
    if (!error.detail.empty()) logging::info("HTTP {}: {}", error.status, error.detail);
    return plain_error_response(error.status, error.message);
  } catch (const std::exception& error) {
    logging::error("Uncaught internal server error: {}", error.what());
    return unexpected_error_response();
  }
}

}  // namespace

Dispatcher::Dispatcher(Services services, const Routes& routes, WorkerPool& pool, http::CorsSettings cors, Clock clock)
    : services_(services),
      routes_(routes),
      limiter_(services_.settings.rate_limits),
      pool_(pool),
      cors_(std::move(cors)),
      clock_(std::move(clock)) {}

void Dispatcher::handle(http::Request request, http::Responder responder) {
  if (request.method == http::Method::kOptions) {
    responder.respond(cors_.preflight(request));
    return;
  }
  if (asks_for_health(request, services_.settings.mount_path)) {
    http::Response response = health();
    response.shared_fields = cors_.fields(request);
    responder.respond(std::move(response));
    return;
  }
  // std::function needs a copyable closure; the pair travels behind one pointer.
  auto job = std::make_shared<std::pair<http::Request, http::Responder>>(std::move(request), std::move(responder));
  if (pool_.try_post([this, job] { job->second.respond(serve(job->first)); })) return;
  http::Response busy = plain_error_response(503, "The server is busy, try again.");
  busy.headers.add("Retry-After", "1");
  busy.shared_fields = cors_.fields(job->first);
  job->second.respond(std::move(busy));
}

http::Response Dispatcher::on_fault(http::RequestFault fault, const http::Request& head) {
  http::Response response = fault_response(fault);
  response.shared_fields = cors_.fields(head);
  return response;
}

/// What is known of a request of Cloud Code beforehand.
struct Dispatcher::Inner {
  rest::CloudCall call;
  auth::Principal principal;
};

http::Response Dispatcher::serve_inner(const http::Request& request, rest::CloudCall call, bool is_master) {
  Inner inner{std::move(call), {}};
  if (is_master) inner.principal.kind = auth::PrincipalKind::kMaster;
  return catching([&] { return respond(request, &inner); });
}

http::Response Dispatcher::serve(const http::Request& request) {
  http::Response response = catching([&] { return respond(request); });
  if (logging::enabled(logging::Level::kVerbose)) log_exchange(request, response);
  response.shared_fields = cors_.fields(request);
  return response;
}

std::shared_ptr<rest::CloudCall> Dispatcher::cloud_call(const http::Request& request, const Credentials& credentials,
                                                        const Inner* inner) {
  auto hooks = services_.cloud.hooks();
  if (hooks->empty()) return nullptr;
  auto call = inner ? std::make_shared<rest::CloudCall>(inner->call) : std::make_shared<rest::CloudCall>();
  call->hooks = std::move(hooks);
  call->context = credentials.context;
  call->headers = [&request] {
    object::Object fields;
    for (const auto& [name, value] : request.headers) fields.set(ascii_lower(name), value);
    return fields;
  };
  return call;
}

http::Response Dispatcher::respond(const http::Request& request, Inner* inner) {
  const Settings& settings = services_.settings;
  const auto path = path_behind_mount(request.path, settings.mount_path);
  if (!path) return not_found(request.method, request.path);
  // Browsers that follow a link have no keys, and their forms are no JSON.
  if (auto page = services_.mails.pages.respond(request, *path, clock_(), services_.cloud.hooks()))
    return std::move(*page);
  object::Object body = read_body(request);
  const http::Method method = take_method(request.method, body);
  const Credentials credentials = read_credentials(request, settings.keys, body);
  auth::Principal principal = inner ? inner->principal : authenticate(credentials, settings.keys, request.client_ip);
  rest::Context context{.settings = services_.rest_settings,
                        .schemas = services_.schemas,
                        .accounts = services_.accounts,
                        .storage = services_.storage,
                        .principal = std::move(principal),
                        .client = {credentials.installation_id, request.client_ip},
                        .now = clock_(),
                        .cloud = cloud_call(request, credentials, inner)};
  const std::string known_path = routes_.known_path(method, *path);
  check_route_allowed(settings.route_allow_list, context, method, known_path);
  // A bad token is reported only after the request has counted, so that trying tokens is limited too.
  const std::exception_ptr bad_session = caught([&] { check_session(credentials, {method, *path}, context); });
  const auto limit = count(context, method, known_path);
  if (limit && limit->exceeded) return too_many_requests(*limit, context.now);
  if (bad_session) std::rethrow_exception(bad_session);
  const Milliseconds now = context.now;
  ApiRequest api_request{services_,
                         *this,
                         request,
                         method,
                         std::string(*path),
                         {},
                         http::parse_query_string(request.query),
                         std::move(body),
                         std::move(context)};
  http::Response response = catching([&] { return route(api_request); });
  if (limit) add_rate_limit_headers(*limit, now, response);
  return response;
}

std::optional<RateLimitCount> Dispatcher::count(const rest::Context& context, http::Method method, std::string path) {
  const RateLimitCall call{method, std::move(path), context.principal, context.client.ip, context.now};
  auto counted = limiter_.count(call);
  if (!context.cloud) return counted;
  return tighter(std::move(counted), code_limiter_.count(context.cloud->hooks->rate_limits(), call));
}

void Dispatcher::admit_part(const rest::Context& context, http::Method method, std::string_view path) {
  const std::string known_path = routes_.known_path(method, path);
  check_route_allowed(services_.settings.route_allow_list, context, method, known_path);
  const auto limit = count(context, method, known_path);
  if (limit && limit->exceeded) throw Error(ErrorCode::kConnectionFailed, limit->message);
}

http::Response Dispatcher::route(ApiRequest& request, const ApiHandler* instead) {
  const http::RouteMatch match = routes_.match(request.method, request.path);
  if (match.kind == http::RouteMatch::Kind::kBadEncoding) {
    return plain_error_response(400, fmt::format("Failed to decode param '{}'", match.bad_segment));
  }
  if (match.kind != http::RouteMatch::Kind::kFound) return not_found(request.method, request.path);
  request.path_params = match.params;
  ensure_first_time(request);
  return (instead != nullptr ? *instead : routes_.handler(match.route))(request);
}

http::Response Dispatcher::serve_part(ApiRequest& request) {
  return catching([&] { return route(request); });
}

http::Response Dispatcher::serve_part(ApiRequest& request, const ApiHandler& handler) {
  return catching([&] { return route(request, &handler); });
}

http::Response Dispatcher::guarded(const std::function<http::Response()>& work) { return catching(work); }

http::Response Dispatcher::health() {
  object::Object answer{{"status", "ok"}};
  if (more_health_) {
    for (auto& [key, value] : more_health_()) answer.append(key, std::move(value));
  }
  return json_response(200, object::Value(std::move(answer)));
}

}  // namespace parse::api
