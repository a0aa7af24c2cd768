#include "server/webhook_follower.h"

#include <chrono>
#include <condition_variable>
#include <utility>

#include "base/error.h"
#include "logging/logger.h"

namespace parse::server {
namespace {

constexpr std::chrono::seconds kFollowEvery{1};

}  // namespace

void WebhookFollower::start(WebhookSource source) {
  webhooks_.load(source.read());
  if (!source.is_shared) return;
  const std::lock_guard lock(mutex_);
  if (is_stopped_) return;
  thread_ = std::jthread([this, source = std::move(source)](const std::stop_token& stop) { follow(stop, source); });
}

/// A small table, read by one query a second: that reaches every server whatever the others are, this one or the
/// reference, of which neither tells the database when it changes a hook.
void WebhookFollower::follow(const std::stop_token& stop, const WebhookSource& source) {
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

void WebhookFollower::stop() {
  std::jthread thread;
  const std::lock_guard lock(mutex_);
  is_stopped_ = true;
  thread.swap(thread_);
}

}  // namespace parse::server
