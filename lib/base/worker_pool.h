#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace parse {

/// How many threads a WorkerPool may use and how much work may wait.
struct WorkerPoolSettings {
  /// Tasks that run at the same time; more than the machine's cores only adds switching.
  std::size_t active = 2;
  /// Upper bound of threads, counting those parked in a BlockingSection.
  std::size_t max_threads = 128;
  /// Tasks that may wait; beyond it `try_post` refuses (the HTTP front answers 503 with Retry-After).
  std::size_t queue_capacity = 4096;
};

/// Runs one request per task, synchronously. Elastic: a task that waits for a disk or a database says so with a
/// BlockingSection, and another thread takes its place. Any thread may post. Destruction runs what is queued, then
/// joins.
class WorkerPool {
 public:
  using Task = std::function<void()>;

  explicit WorkerPool(WorkerPoolSettings settings);
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  /// False when the queue is full or the pool is stopping; the task is then not run. A task must not throw.
  bool try_post(Task task);
  /// Refuses new work, runs what is queued, joins the threads. Called by the destructor; safe to call twice.
  void stop();

 private:
  friend class BlockingSection;
  void run();
  void add_thread_if_useful();  // needs mutex_
  bool may_start() const;       // needs mutex_
  bool start_another();         // needs mutex_
  bool is_soon_served() const;  // needs mutex_
  void enter_blocking(std::size_t slots);
  void leave_blocking(std::size_t slots);

  WorkerPoolSettings settings_;
  std::mutex mutex_;  // guards everything below
  std::condition_variable work_ready_;
  std::deque<Task> queue_;
  std::vector<std::thread> threads_;
  std::size_t idle_ = 0;
  std::size_t running_ = 0;
  std::size_t slots_ = 0;  // 0: nobody has named a number
  std::size_t in_slots_ = 0;
  bool stopping_ = false;
};

/// While alive, the calling task counts as waiting, not running, so that its pool may start another one.
/// Does nothing on a thread that belongs to no pool, nor inside another one.
class BlockingSection {
 public:
  /// `slots`: how many may be served at the same time by what the task waits for, connections to a database. While as
  /// many tasks are there, no other is begun: it would most likely only wait for one of them, and waking and sleeping
  /// threads cost more than the work. 0: any number.
  explicit BlockingSection(std::size_t slots = 0);
  ~BlockingSection();
  BlockingSection(const BlockingSection&) = delete;
  BlockingSection& operator=(const BlockingSection&) = delete;

 private:
  WorkerPool* pool_;
  std::size_t slots_;
};

}  // namespace parse
