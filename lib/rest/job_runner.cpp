#include "rest/job_runner.h"

#include <utility>

#include "cloud/frame.h"
#include "crypto/random.h"
#include "logging/logger.h"
#include "object/json.h"

namespace parse::rest {
namespace {

using object::Object;
using object::Value;
using std::chrono::steady_clock;

/// Of `{"status":"succeeded"|"failed","message"?}`.
JobEnd read_end(const cloud::Outcome& outcome) {
  const Value value = object::parse_json(cloud::split_head(outcome).body);
  const auto& told = value.as<Object>();
  JobEnd end{told.at("status") == Value("succeeded"), std::nullopt};
  if (const Value* message = told.find("message")) end.message = message->as<std::string>();
  return end;
}

/// Storage is not there, or refuses: what was to be written is written later.
template <typename Work>
bool tried(const char* what, Work work) {
  try {
    work();
    return true;
  } catch (const Error& error) {
    logging::warn("{} cannot be written: {} {}", what, error.message(), error.cause());
    return false;
  }
}

}  // namespace

/// A run that is not over.
struct JobRunner::Active {
  JobRun run;
  cloud::Hook hook;
  Object request;
  /// Its row is there.
  bool is_stored = false;
  /// The last one that the job said.
  std::optional<std::string> message;
  bool is_message_new = false;
};

JobRunner::JobRunner(storage::Adapter& storage, SchemaService& schemas, const cloud::Registry& registry, Clock clock,
                     JobRunnerSettings settings)
    : storage_(storage),
      schemas_(schemas),
      registry_(registry),
      clock_(std::move(clock)),
      settings_(settings),
      pool_({.active = settings.most, .max_threads = settings.most, .queue_capacity = settings.most}) {}

JobRunner::~JobRunner() { stop(); }

bool JobRunner::has(std::string_view name) const {
  return registry_.hooks()->find(cloud::HookKind::kJob, name) != nullptr;
}

bool JobRunner::has_jobs() const { return !registry_.hooks()->of(cloud::HookKind::kJob).empty(); }

std::vector<std::string> JobRunner::names() const {
  const auto hooks = registry_.hooks();
  std::vector<std::string> found;
  for (const auto& [name, hook] : hooks->of(cloud::HookKind::kJob)) found.push_back(name);
  return found;
}

std::string JobRunner::start(JobCall call) {
  const ActivePtr active = admit(std::move(call));
  try {
    create_running(rows(), active->run);
  } catch (...) {
    release(active->run.id);
    throw;
  }
  launch(active);
  return active->run.id;
}

std::optional<std::string> JobRunner::start_if(JobCall call, const Claim& claim) {
  const ActivePtr active = admit(std::move(call));
  try {
    const auto transaction = storage_.begin();
    if (!claim(*transaction)) {
      release(active->run.id);
      return std::nullopt;
    }
    create_running({*transaction, schemas_, clock_()}, active->run);
    transaction->commit();
  } catch (...) {
    release(active->run.id);
    throw;
  }
  launch(active);
  return active->run.id;
}

/// Takes one of the places.
JobRunner::ActivePtr JobRunner::admit(JobCall call) {
  const auto hooks = registry_.hooks();
  const cloud::Hook* hook = hooks->find(cloud::HookKind::kJob, call.name);
  if (hook == nullptr) throw Error(ErrorCode::kScriptFailed, "Invalid job.");
  auto active = std::make_shared<Active>();
  active->run = {crypto::new_object_id(), std::move(call.name), std::move(call.params), std::move(call.source)};
  active->hook = *hook;
  active->request = std::move(call.request);
  const std::lock_guard lock(mutex_);
  if (is_stopping_) throw Error(ErrorCode::kScriptFailed, "The server is stopping.");
  if (active_.size() >= settings_.most)
    throw Error(ErrorCode::kRequestLimitExceeded, "Too many jobs are running, try again later.");
  active_.emplace(active->run.id, active);
  if (!keeper_.joinable()) keeper_ = std::jthread([this](const std::stop_token& stop) { keep(stop); });
  return active;
}

void JobRunner::release(const std::string& id) {
  const std::lock_guard lock(mutex_);
  active_.erase(id);
}

void JobRunner::launch(const ActivePtr& active) {
  {
    const std::lock_guard lock(mutex_);
    active->is_stored = true;
  }
  if (pool_.try_post([this, active] { run(active); })) return;
  // There is a thread for every place: only a pool that stops refuses.
  finish(active, {false, "The server was stopped."});
  release(active->run.id);
}

void JobRunner::run(const ActivePtr& active) {
  finish(active, outcome_of(active));
  release(active->run.id);
}

JobEnd JobRunner::outcome_of(const ActivePtr& active) {
  Object request = active->request;
  request.set("params", active->run.params);
  request.set("jobId", active->run.id);
  // Whoever tells may still do so when the run is over.
  const auto hear = [this, active](std::string text) {
    {
      const std::lock_guard lock(mutex_);
      active->message = std::move(text);
      active->is_message_new = has_messages_ = true;
    }
    changed_.notify_all();
  };
  try {
    return read_end(active->hook.runner->run({.kind = cloud::HookKind::kJob,
                                              .name = active->run.job_name,
                                              .request = std::move(request),
                                              .on_message = hear}));
  } catch (const std::exception& error) {
    const std::lock_guard lock(mutex_);
    return {false, is_stopping_ ? "The server was stopped." : error.what()};
  }
}

void JobRunner::finish(const ActivePtr& active, const JobEnd& given) {
  JobEnd end = given;
  std::unique_lock lock(mutex_);
  if (!end.message) end.message = active->message;
  active->is_message_new = false;
  // A server that stops tries once more, and leaves the rest to those that find the row.
  for (bool is_last = false; !is_last;) {
    is_last = is_stopping_;
    lock.unlock();
    if (tried("the end of a job", [&] { finish_run(rows(), active->run.id, end); })) return;
    lock.lock();
    changed_.wait_for(lock, settings_.retry, [&] { return is_stopping_; });
  }
}

void JobRunner::keep(const std::stop_token& stop) {
  auto next_beat = steady_clock::now() + settings_.beat;
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    changed_.wait_until(lock, stop, next_beat, [this] { return has_messages_; });
    if (stop.stop_requested()) return;
    has_messages_ = false;
    lock.unlock();
    write_messages();
    if (steady_clock::now() >= next_beat) {
      touch_all();
      next_beat = steady_clock::now() + settings_.beat;
    }
    lock.lock();
  }
}

void JobRunner::write_messages() {
  std::vector<std::pair<std::string, std::string>> said;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [id, active] : active_) {
      if (std::exchange(active->is_message_new, false)) said.emplace_back(id, *active->message);
    }
  }
  for (const auto& [id, message] : said)
    tried("the message of a job", [&, &id = id, &message = message] { tell_message(rows(), id, message); });
}

void JobRunner::touch_all() {
  std::vector<std::string> ids;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [id, active] : active_) {
      if (active->is_stored) ids.push_back(id);
    }
  }
  if (!ids.empty()) tried("that a job runs", [&] { touch_running(rows(), ids); });
}

void JobRunner::begin_stop() {
  {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
  }
  changed_.notify_all();
}

void JobRunner::stop() {
  begin_stop();
  pool_.stop();
  if (!keeper_.joinable()) return;
  keeper_.request_stop();
  keeper_.join();
}

}  // namespace parse::rest
