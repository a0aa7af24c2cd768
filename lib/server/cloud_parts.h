#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "api/dispatcher.h"
#include "base/worker_pool.h"
#include "cloud/node_host.h"
#include "cloud/registry.h"
#include "cloud/webhooks.h"
#include "config/options.h"
#include "net/poco_http_client.h"

namespace parse::server {

/// Where webhooks are stored.
struct WebhookSource {
  std::function<std::vector<cloud::Webhook>()> read;
  /// Other servers may change them.
  bool is_shared = false;
};

/// The app's Cloud Code: its hooks, its webhooks, its Node processes, and the workers that serve what it asks of the
/// server.
class CloudParts {
 public:
  explicit CloudParts(const config::Options& options);
  /// As stop.
  ~CloudParts();

  const cloud::Registry& registry() const { return registry_; }
  cloud::Webhooks& webhooks() { return webhooks_; }
  /// Reads the webhooks; when others may change them, again every second until `stop`. Throws what `source` throws.
  void load_webhooks(WebhookSource source);
  /// Loads the code, if there is any; its requests go to `dispatcher`, which must live until `stop`, as must what
  /// `registered` uses: it is called whenever the code has registered its hooks. Throws Error kScriptFailed (141)
  /// saying why it cannot be loaded.
  void start(api::Dispatcher& dispatcher, std::function<void()> registered);
  /// See cloud::NodeHost::reload; without code it does nothing.
  void reload();
  /// Hooks that are running fail.
  void stop();

 private:
  void serve(api::Dispatcher& dispatcher, cloud::InnerRequest request);
  WorkerPool& pool_at(int depth);
  void follow_webhooks(const std::stop_token& stop, const WebhookSource& source);

  const config::Options& options_;
  cloud::Registry registry_;
  net::PocoHttpClient http_;
  cloud::Webhooks webhooks_;
  std::mutex mutex_;  // guards pools_, follower_ and is_stopped_
  /// One for each depth of calls in calls: who waits for a call never holds a worker that the call may need.
  std::vector<std::unique_ptr<WorkerPool>> pools_;
  std::unique_ptr<cloud::NodeHost> host_;
  std::jthread follower_;
  bool is_stopped_ = false;
};

}  // namespace parse::server
