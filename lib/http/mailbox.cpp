#include "http/mailbox.h"

#include "http/connection.h"

namespace parse::http {
namespace {
thread_local const Mailbox* owned_by_this_thread = nullptr;
}

void Mailbox::bind_to_this_thread() { owned_by_this_thread = this; }

void Mailbox::deliver(Connection& connection, Response response) {
  if (owned_by_this_thread == this) {
    connection.deliver(std::move(response));
    return;
  }
  std::lock_guard lock(mutex_);
  if (closed_) return;
  waiting_.emplace_back(&connection, std::move(response));
  // Under the lock, so that the loop behind `wake_` is still there: its owner closes this box first.
  if (waiting_.size() == 1) wake_();
}

void Mailbox::drain() {
  {
    std::lock_guard lock(mutex_);
    delivering_.swap(waiting_);
  }
  for (auto& [connection, response] : delivering_) connection->deliver(std::move(response));
  delivering_.clear();
}

void Mailbox::close() {
  std::lock_guard lock(mutex_);
  closed_ = true;
  waiting_.clear();
}

}  // namespace parse::http
