#pragma once

#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "cloud/webhooks.h"

namespace parse::server {

/// Where webhooks are stored.
struct WebhookSource {
  std::function<std::vector<cloud::Webhook>()> read;
  /// Other servers may change them.
  bool is_shared = false;
};

/// Keeps the webhooks of this server those of the database. Any thread.
class WebhookFollower {
 public:
  /// `webhooks` must outlive it.
  explicit WebhookFollower(cloud::Webhooks& webhooks) : webhooks_(webhooks) {}
  /// As stop.
  ~WebhookFollower() { stop(); }

  /// Reads them; when others may change them, again every second until `stop`. Throws what `source` throws.
  void start(WebhookSource source);
  /// Does not read any more once it returns, nor starts anew.
  void stop();

 private:
  void follow(const std::stop_token& stop, const WebhookSource& source);

  cloud::Webhooks& webhooks_;
  std::mutex mutex_;  // guards the two below
  std::jthread thread_;
  bool is_stopped_ = false;
};

}  // namespace parse::server
