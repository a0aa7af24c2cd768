#include "base/worker_pool.h"

#include <utility>

namespace parse {
namespace {
thread_local WorkerPool* current_pool = nullptr;
/// Inside the outermost BlockingSection of this thread.
thread_local bool is_blocking = false;
}  // namespace

WorkerPool::WorkerPool(WorkerPoolSettings settings) : settings_(settings) {}

WorkerPool::~WorkerPool() { stop(); }

bool WorkerPool::try_post(Task task) {
  bool wake = false;
  {
    std::lock_guard lock(mutex_);
    if (stopping_ || queue_.size() >= settings_.queue_capacity) return false;
    queue_.push_back(std::move(task));
    wake = running_ < settings_.active && idle_ > 0;
    if (running_ < settings_.active && idle_ == 0) add_thread_if_useful();
  }
  // Outside the lock: a thread woken inside it would at once have to wait for it.
  if (wake) work_ready_.notify_one();
  return true;
}

void WorkerPool::stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  work_ready_.notify_all();
  // Threads are only added while not stopping, so the list is stable from here on.
  for (auto& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

void WorkerPool::add_thread_if_useful() {
  if (stopping_ || threads_.size() >= settings_.max_threads) return;
  threads_.emplace_back([this] { run(); });
}

void WorkerPool::start_another() {
  if (queue_.empty() || running_ >= settings_.active) return;
  if (idle_ > 0) {
    work_ready_.notify_one();
  } else {
    add_thread_if_useful();
  }
}

void WorkerPool::run() {
  current_pool = this;
  std::unique_lock lock(mutex_);
  for (;;) {
    ++idle_;
    work_ready_.wait(
        lock, [this] { return (!queue_.empty() && running_ < settings_.active) || (stopping_ && queue_.empty()); });
    --idle_;
    if (queue_.empty()) return;
    Task task = std::move(queue_.front());
    queue_.pop_front();
    ++running_;
    // Two posts may have woken the same thread.
    start_another();
    lock.unlock();
    task();
    task = nullptr;
    lock.lock();
    --running_;
    if (stopping_) work_ready_.notify_all();
  }
}

void WorkerPool::enter_blocking() {
  std::lock_guard lock(mutex_);
  --running_;
  start_another();
}

void WorkerPool::leave_blocking() {
  std::lock_guard lock(mutex_);
  // The slot is taken even when all are in use: making a finished wait queue again costs more than one extra runner.
  ++running_;
}

BlockingSection::BlockingSection() : pool_(is_blocking ? nullptr : current_pool) {
  if (pool_ == nullptr) return;
  is_blocking = true;
  pool_->enter_blocking();
}

BlockingSection::~BlockingSection() {
  if (pool_ == nullptr) return;
  pool_->leave_blocking();
  is_blocking = false;
}

}  // namespace parse
