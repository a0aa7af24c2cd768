#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "api/dispatcher.h"
#include "base/worker_pool.h"
#include "cloud/node_host.h"
#include "cloud/registry.h"
#include "config/options.h"

namespace parse::server {

/// The app's Cloud Code: its hooks, its Node processes, and the workers that serve what it asks of the server.
class CloudParts {
 public:
  explicit CloudParts(const config::Options& options);
  /// As stop.
  ~CloudParts();

  const cloud::Registry& registry() const { return registry_; }
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

  const config::Options& options_;
  cloud::Registry registry_;
  std::mutex mutex_;  // guards pools_
  /// One for each depth of calls in calls: who waits for a call never holds a worker that the call may need.
  std::vector<std::unique_ptr<WorkerPool>> pools_;
  std::unique_ptr<cloud::NodeHost> host_;
};

}  // namespace parse::server
