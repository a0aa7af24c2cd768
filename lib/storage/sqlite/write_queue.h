#pragma once

#include <atomic>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "storage/sqlite/connection.h"

namespace parse::storage::sqlite {

/// Work on the writer connection. It may run twice, when a neighbour's failure took the whole group down.
using WriteWork = std::function<void(Connection&)>;

enum class WriteSize {
  /// One statement changes data, or none: SQLite makes it atomic by itself.
  kOneStatement,
  /// Several do: they run inside a savepoint.
  kManyStatements,
};

/// The one writer. Concurrent writes wait in a queue; the first of them leads: it runs all of them in one SQLite
/// transaction, commits once (one fsync), wakes the others and hands the lead to whoever came meanwhile. There is no
/// thread of its own. Any thread may call.
class WriteQueue {
 public:
  explicit WriteQueue(std::unique_ptr<Connection> connection);
  WriteQueue(const WriteQueue&) = delete;
  WriteQueue& operator=(const WriteQueue&) = delete;

  /// Returns when the work is durable; throws what it threw. Its neighbours in the group do not suffer from its
  /// failure.
  void run(WriteSize size, const WriteWork& work);
  /// Runs `work` with the connection for itself, outside of any transaction.
  void run_alone(const WriteWork& work);

  /// Holds the writer until `release`; other writes wait. For transactions.
  Connection& acquire();
  void release();
  /// The connection when this thread holds it by `acquire`, else nullptr.
  Connection* held_by_this_thread();
  /// Writers that wait for a turn, the current leader's group not counted.
  std::size_t waiting();

 private:
  enum State : std::uint32_t { kWaiting, kLeading, kDone };
  struct Job {
    const WriteWork* work = nullptr;  // nullptr: wants the connection for itself
    WriteSize size = WriteSize::kOneStatement;
    bool failed = false;
    std::exception_ptr error;
    std::atomic<std::uint32_t> state{kWaiting};
  };

  void enter(Job& job);
  void lead();
  void pass_lead();
  std::vector<Job*> take_group();
  void run_group(const std::vector<Job*>& group);
  bool run_jobs(const std::vector<Job*>& group);
  void run_job(Job& job);
  void roll_back() noexcept;
  static void wake(Job& job, State state);

  std::unique_ptr<Connection> connection_;  // belongs to the leader
  std::mutex mutex_;                        // guards what follows
  std::deque<Job*> queue_;
  bool has_leader_ = false;
  std::thread::id holder_;
};

}  // namespace parse::storage::sqlite
