#include "net/deadline_watch.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace parse::net {

DeadlineWatch::~DeadlineWatch() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  if (thread_.joinable()) thread_.join();
}

DeadlineWatch::Guard::Guard(DeadlineWatch& watch, int socket, Deadline deadline)
    : watch_(watch), socket_(::fcntl(socket, F_DUPFD_CLOEXEC, 0)), deadline_(deadline) {
  const std::lock_guard lock(watch_.mutex_);
  if (!watch_.thread_.joinable()) watch_.thread_ = std::thread([&watch] { watch.run(); });
  place_ = watch_.guards_.emplace(deadline_, this);
  if (place_ == watch_.guards_.begin()) watch_.changed_.notify_one();
}

DeadlineWatch::Guard::~Guard() {
  {
    const std::lock_guard lock(watch_.mutex_);
    if (place_ != watch_.guards_.end()) watch_.guards_.erase(place_);
  }
  ::close(socket_);
}

void DeadlineWatch::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (guards_.empty()) {
      changed_.wait(lock);
      continue;
    }
    const auto first = guards_.begin();
    const Deadline deadline = first->first;
    if (std::chrono::steady_clock::now() < deadline) {
      changed_.wait_until(lock, deadline);
      continue;
    }
    Guard& guard = *first->second;
    guards_.erase(first);
    guard.place_ = guards_.end();
    guard.expired_ = true;
    ::shutdown(guard.socket_, SHUT_RDWR);
  }
}

}  // namespace parse::net
