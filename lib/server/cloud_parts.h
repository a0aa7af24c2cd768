#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "api/dispatcher.h"
#include "auth/providers/services.h"
#include "base/worker_pool.h"
#include "cloud/node_host.h"
#include "cloud/registry.h"
#include "cloud/reloader.h"
#include "config/options.h"
#include "mail/mailer.h"
#include "net/poco_http_client.h"
#include "server/webhook_follower.h"

namespace parse::server {

/// The app's Cloud Code: its hooks, its webhooks, its Node processes, and the workers that serve what it asks of the
/// server.
class CloudParts {
 public:
  /// `mailer` is nullptr when there is none. Everything given must outlive it.
  CloudParts(const config::Options& options, mail::Mailer* mailer);
  /// As stop.
  ~CloudParts();

  const cloud::Registry& registry() const { return registry_; }
  cloud::Webhooks& webhooks() { return webhooks_; }
  /// Reads the webhooks, now and when others may have changed them. Throws what `source` throws.
  void load_webhooks(WebhookSource source) { webhook_follower_.start(std::move(source)); }
  struct Surroundings {
    /// In the database everybody waits for the end of a transaction that writes.
    bool has_one_writer = false;
    /// Called whenever the code has registered its hooks.
    std::function<void()> registered = [] {};
  };
  /// Loads the code, if there is any; its requests go to `dispatcher`, which must live until `stop`, as must what is
  /// used by `registered`. Throws Error kScriptFailed (141) saying why it cannot be loaded.
  void start(api::Dispatcher& dispatcher, Surroundings surroundings);
  /// Calls a login provider that is a module of the app; see auth::ModuleRunner.
  std::optional<object::Value> run_module(auth::ModuleCall call);
  /// Has the code loaded anew, and returns at once; see cloud::Reloader. Without code it does nothing. Any thread.
  void request_reload() { reloader_.request(); }
  /// Hooks that are running fail.
  void stop();

 private:
  void serve(api::Dispatcher& dispatcher, cloud::InnerRequest request);
  http::Response send_mail(const std::string& body);
  http::Response answer(api::Dispatcher& dispatcher, cloud::InnerRequest& request);
  WorkerPool& pool_at(int depth);

  const config::Options& options_;
  mail::Mailer* const mailer_;
  cloud::Registry registry_;
  net::PocoHttpClient http_;
  cloud::Webhooks webhooks_;
  std::mutex mutex_;  // guards pools_
  /// One for each depth of calls in calls: who waits for a call never holds a worker that the call may need.
  std::vector<std::unique_ptr<WorkerPool>> pools_;
  bool has_one_writer_ = false;
  std::unique_ptr<cloud::NodeHost> host_;
  WebhookFollower webhook_follower_;
  cloud::Reloader reloader_;
};

}  // namespace parse::server
