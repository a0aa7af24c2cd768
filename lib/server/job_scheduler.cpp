#include "server/job_scheduler.h"

#include <algorithm>
#include <utility>

#include "logging/logger.h"

namespace parse::server {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

JobScheduler::JobScheduler(storage::Adapter& storage, rest::SchemaService& schemas, rest::JobRunner& runner,
                           rest::JobRunner::Clock clock, JobSchedulerSettings settings)
    : storage_(storage),
      schemas_(schemas),
      runner_(runner),
      clock_(std::move(clock)),
      settings_(settings),
      started_(clock_()),
      schedules_(storage, schemas, runner) {}

JobScheduler::~JobScheduler() { stop(); }

void JobScheduler::wake() {
  if (!runner_.has_jobs()) return;
  {
    const std::lock_guard lock(mutex_);
    if (is_stopped_) return;
    is_woken_ = true;
    if (!thread_.joinable()) thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
  }
  changed_.notify_all();
}

void JobScheduler::stop() {
  std::jthread ending;
  {
    const std::lock_guard lock(mutex_);
    is_stopped_ = true;
    ending.swap(thread_);
  }
  ending.request_stop();
}

void JobScheduler::run(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    is_woken_ = false;
    lock.unlock();
    const bool has_jobs = runner_.has_jobs();
    const milliseconds pause = has_jobs ? look() : settings_.longest_wait;
    lock.lock();
    if (has_jobs)
      changed_.wait_for(lock, stop, pause, [this] { return is_woken_; });
    else
      changed_.wait(lock, stop, [this] { return is_woken_; });
  }
}

/// Returns how long to wait for the next look.
milliseconds JobScheduler::look() {
  try {
    if (steady_clock::now() >= next_sweep_) sweep();
    const Milliseconds now = clock_();
    const auto next = schedules_.run_due(now);
    logged_.clear();
    if (!next) return settings_.longest_wait;
    return std::clamp(milliseconds(*next - clock_()), milliseconds(1), settings_.longest_wait);
  } catch (const std::exception& error) {
    // A database that is away says the same every time.
    if (logged_ != error.what()) logging::warn("the schedules of jobs cannot be read: {}", error.what());
    logged_ = error.what();
    return settings_.longest_wait;
  }
}

void JobScheduler::sweep() {
  const Milliseconds now = clock_();
  Milliseconds limit = now - settings_.silence.count();
  if (!settings_.is_shared) limit = std::max(limit, started_);
  const std::int64_t failed = rest::fail_abandoned({storage_, schemas_, now}, limit);
  if (failed > 0) logging::warn("{} jobs have failed, as the server that ran them has ended", failed);
  next_sweep_ = steady_clock::now() + settings_.sweep_pause;
}

}  // namespace parse::server
