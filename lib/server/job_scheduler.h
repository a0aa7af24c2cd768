#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "rest/job_schedules.h"

namespace parse::server {

struct JobSchedulerSettings {
  /// The schedules are read at least so often, as others may write them.
  std::chrono::milliseconds longest_wait{5000};
  /// How often runs are looked for whose server has ended, and how long such a server may be silent.
  std::chrono::milliseconds sweep_pause{30'000};
  std::chrono::milliseconds silence{60'000};
  /// Other servers may use the same database. Without, whoever began a run before this server did has ended.
  bool is_shared = true;
};

/// Carries out the schedules of jobs, and fails the runs of servers that have ended. Its thread starts with the first
/// call of `wake` for an app that has jobs; while an app has none, the database is asked nothing.
class JobScheduler {
 public:
  JobScheduler(storage::Adapter& storage, rest::SchemaService& schemas, rest::JobRunner& runner,
               rest::JobRunner::Clock clock, JobSchedulerSettings settings);
  /// As stop.
  ~JobScheduler();
  JobScheduler(const JobScheduler&) = delete;
  JobScheduler& operator=(const JobScheduler&) = delete;

  /// Jobs have been registered, or schedules written: looks at them at once. Any thread.
  void wake();
  /// Waits for a look at the schedules that is under way. Any thread.
  void stop();

 private:
  void run(const std::stop_token& stop);
  std::chrono::milliseconds look();
  void sweep();

  storage::Adapter& storage_;
  rest::SchemaService& schemas_;
  rest::JobRunner& runner_;
  const rest::JobRunner::Clock clock_;
  const JobSchedulerSettings settings_;
  const Milliseconds started_;
  // Used by the thread alone.
  rest::JobSchedules schedules_;
  std::chrono::steady_clock::time_point next_sweep_;
  std::string logged_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable_any changed_;
  bool is_woken_ = false;
  bool is_stopped_ = false;
  std::jthread thread_;
};

}  // namespace parse::server
