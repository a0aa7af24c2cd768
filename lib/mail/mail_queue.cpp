#include "mail/mail_queue.h"

#include <utility>

#include "logging/logger.h"

namespace parse::mail {

MailQueue::MailQueue(MailQueueSettings settings) : settings_(std::move(settings)) {
  for (std::size_t i = 0; i < settings_.threads; ++i) threads_.emplace_back([this] { run(); });
}

MailQueue::~MailQueue() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    stop_at_ = Clock::now() + settings_.grace;
    // Those that failed before would only fail again.
    std::erase_if(waiting_, [](const auto& entry) {
      if (entry.second.attempts > 0) logging::warn("{} was not delivered: the server stops", entry.second.what);
      return entry.second.attempts > 0;
    });
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
  if (!waiting_.empty()) logging::error("{} mails were not delivered: the server stopped", waiting_.size());
}

void MailQueue::post(std::string what, Job job) {
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() < settings_.capacity) {
      waiting_.emplace(Clock::now(), Delivery{std::move(what), std::move(job)});
      changed_.notify_one();
      return;
    }
  }
  logging::error("{} was not delivered: {} mails are waiting already", what, settings_.capacity);
}

bool MailQueue::is_over() const { return stopping_ && (waiting_.empty() || Clock::now() >= stop_at_); }

void MailQueue::run() {
  std::unique_lock lock(mutex_);
  while (!is_over()) {
    if (waiting_.empty()) {
      changed_.wait(lock);
      continue;
    }
    const auto first = waiting_.begin();
    // A copy: another thread may deliver and remove the mail while this one waits.
    if (const Clock::time_point due = first->first; due > Clock::now()) {
      changed_.wait_until(lock, due);
      continue;
    }
    Delivery delivery = std::move(first->second);
    waiting_.erase(first);
    try_once(std::move(delivery), lock);
  }
}

void MailQueue::try_once(Delivery delivery, std::unique_lock<std::mutex>& lock) {
  lock.unlock();
  const Attempt attempt = delivery.job();
  const bool again = attempt.outcome == Attempt::Outcome::kTryAgain && delivery.attempts < settings_.delays.size();
  if (attempt.outcome != Attempt::Outcome::kDelivered) {
    if (again) {
      logging::warn("{} is tried again: {}", delivery.what, attempt.reason);
    } else {
      logging::error("{} was not delivered: {}", delivery.what, attempt.reason);
    }
  }
  lock.lock();
  if (!again) return;
  if (stopping_) {
    logging::warn("{} was not delivered: the server stops", delivery.what);
    return;
  }
  const auto delay = settings_.delays[delivery.attempts];
  ++delivery.attempts;
  waiting_.emplace(Clock::now() + delay, std::move(delivery));
  changed_.notify_one();
}

}  // namespace parse::mail
