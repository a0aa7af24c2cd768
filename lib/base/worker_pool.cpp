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
    wake = may_start() && idle_ > 0 && !is_soon_served();
    if (may_start() && idle_ == 0) add_thread_if_useful();
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

bool WorkerPool::may_start() const {
  return !queue_.empty() && running_ < settings_.active && (slots_ == 0 || in_slots_ < slots_);
}

/// With half of the slots in use and half of the allowed tasks running, one of these will end before a sleeping thread
/// is awake, and then takes the next task itself.
bool WorkerPool::is_soon_served() const {
  return slots_ > 0 && in_slots_ >= slots_ / 2 && running_ > 0 && running_ >= settings_.active / 2;
}

/// True when a sleeping thread has to be woken for the next task, which is for the caller to do once the lock is gone.
bool WorkerPool::start_another() {
  if (!may_start()) return false;
  if (idle_ > 0) return !is_soon_served();
  add_thread_if_useful();
  return false;
}

void WorkerPool::run() {
  current_pool = this;
  std::unique_lock lock(mutex_);
  for (;;) {
    ++idle_;
    work_ready_.wait(lock, [this] { return may_start() || (stopping_ && queue_.empty()); });
    --idle_;
    if (queue_.empty()) return;
    Task task = std::move(queue_.front());
    queue_.pop_front();
    ++running_;
    // Two posts may have woken the same thread.
    const bool wake = start_another();
    lock.unlock();
    if (wake) work_ready_.notify_one();
    task();
    task = nullptr;
    lock.lock();
    --running_;
    if (stopping_) work_ready_.notify_all();
  }
}

void WorkerPool::enter_blocking(std::size_t slots) {
  bool wake = false;
  {
    const std::lock_guard lock(mutex_);
    --running_;
    if (slots > 0) {
      slots_ = slots;
      ++in_slots_;
    }
    wake = start_another();
  }
  if (wake) work_ready_.notify_one();
}

void WorkerPool::leave_blocking(std::size_t slots) {
  const std::lock_guard lock(mutex_);
  // The place is taken even when all are in use: making a finished wait queue again costs more than one extra runner.
  ++running_;
  if (slots > 0) --in_slots_;
}

BlockingSection::BlockingSection(std::size_t slots) : pool_(is_blocking ? nullptr : current_pool), slots_(slots) {
  if (pool_ == nullptr) return;
  is_blocking = true;
  pool_->enter_blocking(slots_);
}

BlockingSection::~BlockingSection() {
  if (pool_ == nullptr) return;
  pool_->leave_blocking(slots_);
  is_blocking = false;
}

}  // namespace parse
