#pragma once

#include <functional>
#include <mutex>
#include <utility>
#include <vector>

#include "http/message.h"

namespace parse::http {

class Connection;

/// Brings responses from any thread to the loop thread that owns the connection; many responses share one wake-up.
class Mailbox {
 public:
  using Delivery = std::pair<Connection*, Response>;

  /// `wake` is called from any thread when the box stops being empty, never again once `close` has returned.
  explicit Mailbox(std::function<void()> wake) : wake_(std::move(wake)) {}

  /// Any thread. On the owning thread the response is handed over before this returns; dropped once closed.
  void deliver(Connection& connection, Response response);
  /// Makes the calling thread the owner. Owner thread.
  void bind_to_this_thread();
  /// Hands over everything that waits. Owner thread.
  void drain();
  /// Later deliveries are dropped.
  void close();

 private:
  std::function<void()> wake_;
  std::mutex mutex_;  // guards waiting_ and closed_
  std::vector<Delivery> waiting_;
  bool closed_ = false;
  std::vector<Delivery> delivering_;  // owner thread only; keeps its capacity
};

}  // namespace parse::http
