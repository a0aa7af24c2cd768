#include "cloud/node_host.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "logging/logger.h"
#include "object/json.h"

namespace parse::cloud {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kFirstBackOff{100};
constexpr milliseconds kLongestBackOff{10'000};
/// A process that ran for so long has earned a quick restart.
constexpr std::chrono::seconds kGoodRun{60};
constexpr milliseconds kTick{200};

std::string request_json(Invocation& invocation) {
  invocation.request.append("hook", std::string(to_string(invocation.kind)));
  invocation.request.append("name", std::string(invocation.name));
  return object::to_json(std::move(invocation.request));
}

}  // namespace

/// The place of one process.
struct NodeHost::Slot {
  enum class State { kLoading, kReady, kEnded };
  State state = State::kLoading;
  std::string registrations;
  std::string failure;
  Deadline started = steady_clock::now();
  Deadline restart_at;
  milliseconds back_off = kFirstBackOff;
  // Goes first: its thread tells of its end here.
  std::shared_ptr<NodeProcess> process;
};

bool NodeHost::has_ended(const std::shared_ptr<Slot>& slot) { return slot->state == Slot::State::kEnded; }

NodeHost::NodeHost(NodeSettings settings, Events events) : settings_(std::move(settings)), events_(std::move(events)) {}

NodeHost::~NodeHost() { stop(); }

std::shared_ptr<NodeHost::Slot> NodeHost::launch(milliseconds back_off) {
  auto slot = std::make_shared<Slot>();
  slot->back_off = back_off;
  // A slot lives until its process has ended; were it owned here, its thread might have to wait for itself.
  Slot* const place = slot.get();
  NodeProcess::Events events{
      .ready = [this, place](std::string hooks) { became_ready(*place, std::move(hooks)); },
      .request = events_.request,
      .ended = [this, place](const std::string& reason, bool was_ready) { ended(*place, reason, was_ready); }};
  slot->process = std::make_shared<NodeProcess>(settings_, scripts_.main(), std::move(events));
  slot->process->start();
  return slot;
}

void NodeHost::became_ready(Slot& slot, std::string registrations) {
  bool is_in_use = false;
  {
    const std::lock_guard lock(mutex_);
    slot.state = Slot::State::kReady;
    slot.registrations = registrations;
    is_in_use = std::any_of(slots_.begin(), slots_.end(), [&](const auto& one) { return one.get() == &slot; });
  }
  if (is_in_use) events_.registered(std::move(registrations));
  changed_.notify_all();
}

void NodeHost::ended(Slot& slot, const std::string& reason, bool was_ready) {
  const std::lock_guard lock(mutex_);
  const Deadline now = steady_clock::now();
  slot.state = Slot::State::kEnded;
  slot.failure = reason;
  if (now - slot.started > kGoodRun) slot.back_off = kFirstBackOff;
  slot.restart_at = now + slot.back_off;
  const bool is_in_use = std::any_of(slots_.begin(), slots_.end(), [&](const auto& one) { return one.get() == &slot; });
  if (is_in_use && !is_stopping_)
    logging::error("Cloud Code {}: {}; it is started again in {} ms", was_ready ? "ended" : "could not be loaded",
                   reason, slot.back_off.count());
  changed_.notify_all();
}

/// Returns what the code has registered.
std::string NodeHost::load_generation() {
  Slots loaded;
  for (std::size_t i = 0; i < settings_.processes; ++i) loaded.push_back(launch(kFirstBackOff));
  const auto is = [](Slot::State state) { return [state](const auto& slot) { return slot->state == state; }; };
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] {
    return is_stopping_ || std::any_of(loaded.begin(), loaded.end(), is(Slot::State::kEnded)) ||
           std::all_of(loaded.begin(), loaded.end(), is(Slot::State::kReady));
  });
  const auto failed = std::find_if(loaded.begin(), loaded.end(), is(Slot::State::kEnded));
  if (failed != loaded.end() || is_stopping_) {
    const std::string reason = failed == loaded.end() ? "the server stops" : (*failed)->failure;
    lock.unlock();
    throw Error(ErrorCode::kScriptFailed, fmt::format("Cloud Code {} cannot be loaded: {}", settings_.main, reason));
  }
  slots_.swap(loaded);
  for (const auto& slot : loaded) slot->process->retire();
  retired_.insert(retired_.end(), loaded.begin(), loaded.end());
  return slots_.front()->registrations;
}

void NodeHost::start() {
  reload();
  supervisor_ = std::thread([this] { supervise(); });
}

void NodeHost::reload() {
  const std::lock_guard loading(loading_);
  events_.registered(load_generation());
  changed_.notify_all();
}

void NodeHost::stop() {
  Slots ending;
  {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
    ending.swap(slots_);
    ending.insert(ending.end(), retired_.begin(), retired_.end());
    retired_.clear();
  }
  changed_.notify_all();
  for (const auto& slot : ending) slot->process->stop();
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return std::all_of(ending.begin(), ending.end(), has_ended); });
  }
  ending.clear();
  if (supervisor_.joinable()) supervisor_.join();
}

std::unique_ptr<NodeProcess::Booking> NodeHost::choose(Deadline deadline) {
  std::unique_lock lock(mutex_);
  std::shared_ptr<NodeProcess> chosen;
  const auto find_free = [&] {
    for (const auto& slot : slots_) {
      if (slot->state != Slot::State::kReady) continue;
      if (!chosen || slot->process->load() < chosen->load()) chosen = slot->process;
    }
    return is_stopping_ || chosen;
  };
  changed_.wait_until(lock, deadline, find_free);
  if (!chosen) throw Error(ErrorCode::kScriptFailed, "Cloud Code is not running.");
  // Still with the lock, so that a reload does not end it first.
  return std::make_unique<NodeProcess::Booking>(std::move(chosen));
}

/// A place among the calls from outside, for as long as it lives.
class NodeHost::Admission {
 public:
  Admission(NodeHost& host, int depth) : outermost_(depth <= 1 ? &host.outermost_ : nullptr) {
    if (outermost_ == nullptr || ++*outermost_ <= host.settings_.max_calls) return;
    --*outermost_;
    throw Error(ErrorCode::kScriptFailed,
                fmt::format("Cloud Code is busy: {} calls are under way.", host.settings_.max_calls));
  }
  ~Admission() {
    if (outermost_ != nullptr) --*outermost_;
  }
  Admission(const Admission&) = delete;
  Admission& operator=(const Admission&) = delete;

 private:
  std::atomic<std::size_t>* const outermost_;
};

Outcome NodeHost::run(Invocation invocation) {
  if (invocation.depth > settings_.max_depth)
    throw Error(ErrorCode::kScriptFailed, fmt::format("Cloud Code calls itself {} times.", settings_.max_depth));
  const Admission admission(*this, invocation.depth);
  Deadline deadline = steady_clock::now() + settings_.call_timeout;
  if (invocation.deadline) deadline = std::min(deadline, *invocation.deadline);
  const auto booking = choose(deadline);
  if (invocation.kind == HookKind::kJob) deadline = Deadline::max();
  const auto& process = *booking;
  return process->call(request_json(invocation), {deadline, invocation.depth, invocation.in_transaction},
                       std::move(invocation.on_message));
}

NodeHost::State NodeHost::state() const {
  const std::lock_guard lock(mutex_);
  const auto running =
      std::count_if(slots_.begin(), slots_.end(), [](const auto& slot) { return slot->state == Slot::State::kReady; });
  return {static_cast<std::size_t>(running), slots_.size(), restarts_};
}

/// Takes out what has ended, and starts anew what may be.
NodeHost::Slots NodeHost::restart_due() {
  Slots over;
  const auto kept =
      std::stable_partition(retired_.begin(), retired_.end(), [](const auto& slot) { return !has_ended(slot); });
  over.assign(kept, retired_.end());
  retired_.erase(kept, retired_.end());
  for (auto& slot : slots_) {
    if (!has_ended(slot) || steady_clock::now() < slot->restart_at) continue;
    over.push_back(slot);
    slot = launch(std::min(slot->back_off * 2, kLongestBackOff));
    ++restarts_;
  }
  return over;
}

void NodeHost::supervise() {
  std::unique_lock lock(mutex_);
  while (!is_stopping_) {
    Slots over = restart_due();
    lock.unlock();
    over.clear();
    lock.lock();
    if (!is_stopping_) changed_.wait_for(lock, kTick);
  }
}

}  // namespace parse::cloud
