#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

namespace parse::net {

using Deadline = std::chrono::steady_clock::time_point;

/// Ends exchanges whose time is over: a peer that sends a byte now and then never runs into a socket's own timeout. One
/// thread, started with the first guard. Any thread.
class DeadlineWatch {
 public:
  DeadlineWatch() = default;
  ~DeadlineWatch();
  DeadlineWatch(const DeadlineWatch&) = delete;
  DeadlineWatch& operator=(const DeadlineWatch&) = delete;

  /// While it lives, `socket` is shut down when `deadline` passes, so that whoever waits on it wakes up. The socket
  /// must stay open as long.
  class Guard {
   public:
    Guard(DeadlineWatch& watch, int socket, Deadline deadline);
    ~Guard();
    Guard(const Guard&) = delete;
    Guard& operator=(const Guard&) = delete;

    /// The deadline passed and the socket was shut down.
    bool expired() const { return expired_; }

   private:
    friend class DeadlineWatch;
    DeadlineWatch& watch_;
    const int socket_;
    const Deadline deadline_;
    std::atomic<bool> expired_{false};
    std::multimap<Deadline, Guard*>::iterator place_;
  };

 private:
  void run();

  std::mutex mutex_;  // guards everything below
  std::condition_variable changed_;
  std::multimap<Deadline, Guard*> guards_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace parse::net
