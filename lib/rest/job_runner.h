#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "base/worker_pool.h"
#include "cloud/registry.h"
#include "rest/job_status.h"

namespace parse::rest {

struct JobRunnerSettings {
  /// Jobs that run at the same time, each on a thread that waits for it.
  std::size_t most = 100;
  /// How often the rows of running jobs are touched.
  std::chrono::milliseconds beat{15'000};
  /// Between tries to write how a run ended, when storage refuses.
  std::chrono::milliseconds retry{1000};
};

/// What is to be run.
struct JobCall {
  std::string name;
  object::Object params = {};
  /// `headers` and `ip` of who asked for it.
  object::Object request = {};
  std::string source = "api";
};

/// Runs jobs of the Cloud Code in the background and keeps their rows of _JobStatus. The workers of requests are never
/// used; threads are started with the first job. Any thread.
class JobRunner {
 public:
  using Clock = std::function<Milliseconds()>;
  /// Makes a run depend on something: called inside the transaction that makes its row; false: it does not begin.
  using Claim = std::function<bool(storage::Operations&)>;

  /// All must outlive it.
  JobRunner(storage::Adapter& storage, SchemaService& schemas, const cloud::Registry& registry, Clock clock,
            JobRunnerSettings settings = {});
  /// As stop.
  ~JobRunner();
  JobRunner(const JobRunner&) = delete;
  JobRunner& operator=(const JobRunner&) = delete;

  /// Whether the Cloud Code has that job.
  bool has(std::string_view name) const;
  /// Whether it has any.
  bool has_jobs() const;
  std::vector<std::string> names() const;
  /// Begins a run; returns the id of its row. Errors: kScriptFailed (141) "Invalid job."; kRequestLimitExceeded (155)
  /// when too many run; those of storage.
  std::string start(JobCall call);
  /// As start; nullopt when `claim` says no.
  std::optional<std::string> start_if(JobCall call, const Claim& claim);

  /// Begins no job any more; those that fail from now on fail because the server stops.
  void begin_stop();
  /// Waits for the jobs, which must be made to end by who runs them, and for their rows.
  void stop();

 private:
  struct Active;
  using ActivePtr = std::shared_ptr<Active>;

  ActivePtr admit(JobCall call);
  void release(const std::string& id);
  void launch(const ActivePtr& active);
  void run(const ActivePtr& active);
  JobEnd outcome_of(const ActivePtr& active);
  void finish(const ActivePtr& active, const JobEnd& end);
  void keep(const std::stop_token& stop);
  void write_messages();
  void touch_all();
  JobRows rows() { return {storage_, schemas_, clock_()}; }

  storage::Adapter& storage_;
  SchemaService& schemas_;
  const cloud::Registry& registry_;
  const Clock clock_;
  const JobRunnerSettings settings_;
  std::mutex mutex_;  // guards what follows, and every Active's message
  std::condition_variable_any changed_;
  std::map<std::string, ActivePtr> active_;
  bool is_stopping_ = false;
  bool has_messages_ = false;
  WorkerPool pool_;
  std::jthread keeper_;
};

}  // namespace parse::rest
