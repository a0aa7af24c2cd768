#include "server/cloud_parts.h"

#include <fmt/format.h>

#include <utility>

#include "api/json_response.h"
#include "object/json.h"
#include "server/cloud_mail.h"
#include "server/settings.h"

namespace parse::server {
namespace {

using object::Object;
using object::Value;

/// Only Cloud Code can ask for it: no route of the server has it.
constexpr const char* kMailPath = "/cloud/email";

/// The login providers that are modules: name -> options.
Object auth_modules(const config::Options& options) {
  Object modules;
  for (const auto& [name, setting] : options.accounts.auth) {
    const Object* given = setting.get_if<Object>();
    const Value* enabled = given ? given->find("enabled") : nullptr;
    if (given != nullptr && given->contains("module") && !(enabled && !enabled->truthy())) modules.set(name, *given);
  }
  return modules;
}

/// What the code learns of the server.
std::string app_json(const config::Options& options, bool has_mailer) {
  const config::KeyOptions& keys = options.keys;
  return object::to_json(Object{{"applicationId", keys.app_id},
                                {"masterKey", keys.master_key},
                                {"javascriptKey", keys.javascript_key},
                                {"restAPIKey", keys.rest_api_key},
                                {"clientKey", keys.client_key},
                                {"serverURL", options.network.server_url},
                                {"publicServerURL", options.network.public_server_url},
                                {"mountPath", api_settings(options).mount_path},
                                {"hasMailer", has_mailer},
                                {"authModules", auth_modules(options)},
                                {"cloudOptions", options.cloud.functions},
                                {"appName", options.email.app_name},
                                {"directAccess", options.cloud.direct_access},
                                {"denyPrivateNetwork", options.cloud.deny_private_network}});
}

cloud::NodeSettings node_settings(const config::Options& options, bool has_mailer) {
  const config::CloudOptions& cloud = options.cloud;
  return {.main = cloud.main,
          .node = cloud.node,
          .processes = cloud.processes,
          .call_timeout = cloud.call_timeout,
          .stall_timeout = cloud.stall_timeout,
          .memory_limit = cloud.memory_limit,
          .max_depth = cloud.max_depth,
          .app = app_json(options, has_mailer)};
}

/// The request that `head` describes, as if it had come from this machine.
http::Request http_request(const Object& head, std::string body, const config::Options& options) {
  http::Request request;
  request.method = http::parse_method(head.at("method").as<std::string>());
  std::string path = head.at("path").as<std::string>();
  if (const std::size_t mark = path.find('?'); mark != std::string::npos) {
    request.query = path.substr(mark + 1);
    path.resize(mark);
  }
  request.path = api_settings(options).mount_path + path;
  request.headers.add("X-Parse-Application-Id", options.keys.app_id);
  const auto add = [&](const char* member, const char* field) {
    const Value* value = head.find(member);
    if (value == nullptr) return;
    const std::string* text = value->get_if<std::string>();
    request.headers.add(field, text ? *text : object::to_json(*value));
  };
  add("sessionToken", "X-Parse-Session-Token");
  add("installationId", "X-Parse-Installation-Id");
  add("context", "X-Parse-Cloud-Context");
  request.body = std::move(body);
  request.client_ip = "127.0.0.1";
  return request;
}

/// `{"status","headers"}`, then the body.
std::string answer_of(const http::Response& response) {
  Object fields;
  for (const auto& [name, value] : response.headers) fields.set(name, value);
  return object::to_json(Object{{"status", response.status}, {"headers", std::move(fields)}}) + '\n' + response.body;
}

bool is_master(const Object& head) {
  const Value* master = head.find("master");
  return master != nullptr && master->truthy();
}

/// Why Cloud Code may not make the request within a transaction of a database with one writer: it would wait for the
/// transaction, which waits for it. Functions only write by requests of their own.
bool is_write(const http::Request& request, const config::Options& options) {
  const std::string functions = api_settings(options).mount_path + "/functions/";
  return request.method != http::Method::kGet && !request.path.starts_with(functions);
}

http::Response refused_in_transaction() {
  return api::error_response(
      Error(ErrorCode::kOperationForbidden,
            "Cloud Code cannot write while it runs as part of a transaction: this database has one writer, which the "
            "transaction holds."));
}

Object health_of(const cloud::NodeHost& host) {
  const cloud::NodeHost::State state = host.state();
  return {{"running", static_cast<std::int64_t>(state.running)},
          {"processes", static_cast<std::int64_t>(state.processes)},
          {"restarts", static_cast<std::int64_t>(state.restarts)}};
}

}  // namespace

CloudParts::CloudParts(const config::Options& options, mail::Mailer* mailer)
    : options_(options),
      mailer_(mailer),
      webhooks_({.key = options.cloud.webhook_key, .timeout = options.cloud.webhook_timeout}, http_, registry_),
      webhook_follower_(webhooks_),
      reloader_(options.cloud.main, options.cloud.watch, [this] { host_->reload(); }) {}

CloudParts::~CloudParts() { stop(); }

void CloudParts::start(api::Dispatcher& dispatcher, Surroundings surroundings) {
  if (options_.cloud.main.empty()) return;
  has_one_writer_ = surroundings.has_one_writer;
  host_ = std::make_unique<cloud::NodeHost>(
      node_settings(options_, mailer_ != nullptr),
      cloud::NodeHost::Events{
          [this, tell = std::move(surroundings.registered)](const std::string& hooks) {
            registry_.set_code(*host_, hooks);
            tell();
          },
          [this, &dispatcher](cloud::InnerRequest request) { serve(dispatcher, std::move(request)); }});
  host_->start();
  dispatcher.tell_in_health([this] { return Object{{"cloud", health_of(*host_)}}; });
  reloader_.start();
}

std::optional<Value> CloudParts::run_module(auth::ModuleCall call) {
  if (!host_) throw Error(ErrorCode::kScriptFailed, "Cloud Code is not running.");
  call.arguments.append("method", std::string(call.method));
  const BlockingSection waiting;
  const cloud::Outcome outcome =
      host_->run({.kind = cloud::HookKind::kAuthModule, .name = call.provider, .request = std::move(call.arguments)});
  Value answer = object::parse_json(cloud::split_head(outcome).body);
  Value* result = answer.get_if<Object>()->find("result");
  if (result == nullptr) return std::nullopt;
  return std::move(*result);
}

void CloudParts::stop() {
  webhook_follower_.stop();
  if (host_) host_->stop();
  reloader_.stop();
  const std::lock_guard lock(mutex_);
  for (const auto& pool : pools_) pool->stop();
}

WorkerPool& CloudParts::pool_at(int depth) {
  const std::lock_guard lock(mutex_);
  const auto place = static_cast<std::size_t>(depth);
  while (pools_.size() <= place) pools_.push_back(std::make_unique<WorkerPool>(worker_settings(options_)));
  return *pools_[place];
}

http::Response CloudParts::send_mail(const std::string& body) {
  if (mailer_ == nullptr) throw Error(ErrorCode::kInternal, "There is no emailAdapter.");
  send_cloud_mail(*mailer_, object::parse_json(body).as<Object>());
  return api::json_response(200, std::string("{}"));
}

http::Response CloudParts::answer(api::Dispatcher& dispatcher, cloud::InnerRequest& request) {
  return api::Dispatcher::guarded([&] {
    const Value head = object::parse_json(request.head);
    const http::Request http = http_request(head.as<Object>(), std::move(request.body), options_);
    if (http.path == api_settings(options_).mount_path + kMailPath) return send_mail(http.body);
    const cloud::PendingCalls::Limits& limits = request.limits;
    if (limits.in_transaction && has_one_writer_ && is_write(http, options_)) return refused_in_transaction();
    rest::CloudCall call{
        .hooks = nullptr, .depth = limits.depth, .deadline = limits.deadline, .in_transaction = limits.in_transaction};
    return dispatcher.serve_inner(http, std::move(call), is_master(head.as<Object>()));
  });
}

void CloudParts::serve(api::Dispatcher& dispatcher, cloud::InnerRequest given) {
  auto request = std::make_shared<cloud::InnerRequest>(std::move(given));
  const bool taken = pool_at(request->limits.depth).try_post([this, &dispatcher, request] {
    request->respond(answer_of(answer(dispatcher, *request)));
  });
  if (!taken)
    request->respond(R"({"status":503,"headers":{}})"
                     "\n"
                     R"({"code":1,"error":"The server is busy, try again."})");
}

}  // namespace parse::server
