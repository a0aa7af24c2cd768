#include "storage/sqlite/write_queue.h"

#include <algorithm>
#include <utility>

#include "base/worker_pool.h"

namespace parse::storage::sqlite {
namespace {

/// Bounds the time that the first writer of a group waits for the last.
constexpr std::size_t kMaxGroup = 256;

}  // namespace

WriteQueue::WriteQueue(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}

void WriteQueue::run(WriteSize size, const WriteWork& work) {
  Job job;
  job.work = &work;
  job.size = size;
  BlockingSection blocking;
  enter(job);
  if (job.state.load(std::memory_order_acquire) == kLeading) lead();
  if (job.error) std::rethrow_exception(job.error);
}

void WriteQueue::run_alone(const WriteWork& work) {
  struct Hold {
    WriteQueue& queue;
    ~Hold() { queue.release(); }
  };
  Connection& connection = acquire();
  Hold hold{*this};
  work(connection);
}

Connection& WriteQueue::acquire() {
  Job job;
  BlockingSection blocking;
  enter(job);
  std::lock_guard lock(mutex_);
  queue_.pop_front();  // the leader's job is always the first
  holder_ = std::this_thread::get_id();
  return *connection_;
}

void WriteQueue::release() {
  {
    std::lock_guard lock(mutex_);
    holder_ = {};
  }
  pass_lead();
}

Connection* WriteQueue::held_by_this_thread() {
  std::lock_guard lock(mutex_);
  return holder_ == std::this_thread::get_id() ? connection_.get() : nullptr;
}

std::size_t WriteQueue::waiting() {
  std::lock_guard lock(mutex_);
  return queue_.size();
}

void WriteQueue::enter(Job& job) {
  {
    std::lock_guard lock(mutex_);
    queue_.push_back(&job);
    if (!has_leader_) {
      has_leader_ = true;
      job.state.store(kLeading, std::memory_order_relaxed);
      return;
    }
  }
  job.state.wait(kWaiting, std::memory_order_acquire);
}

void WriteQueue::lead() {
  const std::vector<Job*> group = take_group();
  run_group(group);
  // The next group starts before the waiters of this one wake up: the disk is the scarce part.
  pass_lead();
  for (auto job = group.rbegin(); job != group.rend(); ++job) {
    if (*job != group.front()) wake(**job, kDone);
  }
}

void WriteQueue::pass_lead() {
  Job* next = nullptr;
  {
    std::lock_guard lock(mutex_);
    if (queue_.empty()) {
      has_leader_ = false;
    } else {
      next = queue_.front();
    }
  }
  if (next != nullptr) wake(*next, kLeading);
}

/// The jobs to run together; the leader's own is the first of them.
std::vector<WriteQueue::Job*> WriteQueue::take_group() {
  std::lock_guard lock(mutex_);
  std::vector<Job*> group;
  group.reserve(std::min(queue_.size(), kMaxGroup));
  while (!queue_.empty() && group.size() < kMaxGroup && queue_.front()->work != nullptr) {
    group.push_back(queue_.front());
    queue_.pop_front();
  }
  return group;
}

void WriteQueue::run_group(const std::vector<Job*>& group) {
  try {
    while (!run_jobs(group)) {
    }
  } catch (...) {
    // BEGIN or COMMIT failed: nothing of this group was stored.
    roll_back();
    for (Job* job : group) {
      if (!job->failed) job->error = std::current_exception();
    }
  }
}

/// False when the failure of one job rolled back the work of all: the others must run again.
bool WriteQueue::run_jobs(const std::vector<Job*>& group) {
  connection_->run(sql::SqlText().raw("BEGIN IMMEDIATE"));
  bool any = false;
  for (Job* job : group) {
    if (job->failed) continue;
    run_job(*job);
    any = any || !job->failed;
    if (connection_->is_autocommit()) return false;
  }
  connection_->run(sql::SqlText().raw(any ? "COMMIT" : "ROLLBACK"));
  return true;
}

void WriteQueue::run_job(Job& job) {
  static const sql::SqlText savepoint = sql::SqlText().raw("SAVEPOINT job");
  static const sql::SqlText undo = sql::SqlText().raw("ROLLBACK TO job");
  static const sql::SqlText release = sql::SqlText().raw("RELEASE job");
  const bool is_guarded = job.size == WriteSize::kManyStatements;
  try {
    if (is_guarded) connection_->run(savepoint);
    (*job.work)(*connection_);
    if (is_guarded) connection_->run(release);
  } catch (...) {
    job.failed = true;
    job.error = std::current_exception();
    if (!is_guarded || connection_->is_autocommit()) return;
    connection_->run(undo);
    connection_->run(release);
  }
}

void WriteQueue::roll_back() noexcept {
  try {
    if (!connection_->is_autocommit()) connection_->execute("ROLLBACK");
  } catch (const Error&) {
    // SQLite rolled back by itself; the next BEGIN tells when it did not.
  }
}

void WriteQueue::wake(Job& job, State state) {
  // After the store the waiter may leave and its Job end; notify_one uses the address only as a key.
  auto& cell = job.state;
  cell.store(state, std::memory_order_release);
  cell.notify_one();
}

}  // namespace parse::storage::sqlite
