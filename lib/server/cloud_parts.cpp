#include "server/cloud_parts.h"

#include <fmt/format.h>

#include <chrono>
#include <condition_variable>
#include <utility>

#include "logging/logger.h"
#include "object/json.h"
#include "server/settings.h"

namespace parse::server {
namespace {

using object::Object;
using object::Value;

constexpr std::chrono::seconds kFollowEvery{1};

/// What the code learns of the server.
std::string app_json(const config::Options& options) {
  const config::KeyOptions& keys = options.keys;
  return object::to_json(Object{{"applicationId", keys.app_id},
                                {"masterKey", keys.master_key},
                                {"javascriptKey", keys.javascript_key},
                                {"serverURL", options.network.server_url},
                                {"appName", options.email.app_name},
                                {"directAccess", options.cloud.direct_access},
                                {"denyPrivateNetwork", options.cloud.deny_private_network}});
}

cloud::NodeSettings node_settings(const config::Options& options) {
  const config::CloudOptions& cloud = options.cloud;
  return {.main = cloud.main,
          .node = cloud.node,
          .processes = cloud.processes,
          .call_timeout = cloud.call_timeout,
          .stall_timeout = cloud.stall_timeout,
          .memory_limit = cloud.memory_limit,
          .max_depth = cloud.max_depth,
          .app = app_json(options)};
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

}  // namespace

CloudParts::CloudParts(const config::Options& options)
    : options_(options),
      webhooks_({.key = options.cloud.webhook_key, .timeout = options.cloud.webhook_timeout}, http_, registry_) {}

CloudParts::~CloudParts() { stop(); }

void CloudParts::load_webhooks(WebhookSource source) {
  webhooks_.load(source.read());
  if (!source.is_shared) return;
  const std::lock_guard lock(mutex_);
  if (is_stopped_) return;
  follower_ =
      std::jthread([this, source = std::move(source)](const std::stop_token& stop) { follow_webhooks(stop, source); });
}

/// A small table, read by one query a second: that reaches every server whatever the others are, this one or the
/// reference, of which neither tells the database when it changes a hook.
void CloudParts::follow_webhooks(const std::stop_token& stop, const WebhookSource& source) {
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  bool is_readable = true;
  while (!wake.wait_for(lock, stop, kFollowEvery, [&] { return stop.stop_requested(); })) {
    try {
      const std::uint64_t version = webhooks_.version();
      webhooks_.follow(source.read(), version);
      is_readable = true;
    } catch (const Error& error) {
      if (std::exchange(is_readable, false))
        logging::warn("Webhooks cannot be read, which is tried again: {} {}", error.message(), error.cause());
    }
  }
}

void CloudParts::start(api::Dispatcher& dispatcher, std::function<void()> registered) {
  if (options_.cloud.main.empty()) return;
  host_ = std::make_unique<cloud::NodeHost>(
      node_settings(options_), cloud::NodeHost::Events{[this, tell = std::move(registered)](const std::string& hooks) {
                                                         registry_.set_code(*host_, hooks);
                                                         tell();
                                                       },
                                                       [this, &dispatcher](cloud::InnerRequest request) {
                                                         serve(dispatcher, std::move(request));
                                                       }});
  host_->start();
}

void CloudParts::reload() {
  if (host_) host_->reload();
}

void CloudParts::stop() {
  std::jthread follower;
  {
    const std::lock_guard lock(mutex_);
    is_stopped_ = true;
    follower.swap(follower_);
  }
  // It borrows the storage, which goes next.
  follower = {};
  if (host_) host_->stop();
  const std::lock_guard lock(mutex_);
  for (const auto& pool : pools_) pool->stop();
}

WorkerPool& CloudParts::pool_at(int depth) {
  const std::lock_guard lock(mutex_);
  const auto place = static_cast<std::size_t>(depth);
  while (pools_.size() <= place) pools_.push_back(std::make_unique<WorkerPool>(worker_settings(options_)));
  return *pools_[place];
}

void CloudParts::serve(api::Dispatcher& dispatcher, cloud::InnerRequest given) {
  auto request = std::make_shared<cloud::InnerRequest>(std::move(given));
  const int depth = request->limits.depth;
  const bool taken = pool_at(depth).try_post([this, &dispatcher, request, depth] {
    const Value head = object::parse_json(request->head);
    const http::Request http = http_request(head.as<Object>(), std::move(request->body), options_);
    rest::CloudCall call{.hooks = nullptr, .depth = depth, .deadline = request->limits.deadline};
    request->respond(answer_of(dispatcher.serve_inner(http, std::move(call), is_master(head.as<Object>()))));
  });
  if (!taken)
    request->respond(R"({"status":503,"headers":{}})"
                     "\n"
                     R"({"code":1,"error":"The server is busy, try again."})");
}

}  // namespace parse::server
