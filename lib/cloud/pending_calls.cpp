#include "cloud/pending_calls.h"

#include <utility>

namespace parse::cloud {

PendingCalls::Call::Call(PendingCalls& calls, Limits limits, std::function<void(std::string)> on_message)
    : calls_(calls) {
  waiting_.limits = limits;
  waiting_.on_message = std::move(on_message);
  const std::lock_guard lock(calls_.mutex_);
  number_ = ++calls_.last_;
  calls_.calls_.emplace(number_, &waiting_);
}

PendingCalls::Call::~Call() {
  const std::lock_guard lock(calls_.mutex_);
  calls_.calls_.erase(number_);
}

Outcome PendingCalls::Call::wait() {
  std::unique_lock lock(calls_.mutex_);
  waiting_.answered.wait_until(lock, waiting_.limits.deadline, [this] { return waiting_.is_done; });
  if (!waiting_.is_done) throw Error(ErrorCode::kScriptFailed, "Cloud Code did not answer in time.");
  if (waiting_.failure) throw Fault(*waiting_.failure);
  return std::move(waiting_.outcome);
}

void PendingCalls::finish(std::uint32_t number, const std::function<void(Waiting&)>& fill) {
  const std::lock_guard lock(mutex_);
  const auto found = calls_.find(number);
  if (found == calls_.end() || found->second->is_done) return;
  fill(*found->second);
  found->second->is_done = true;
  found->second->answered.notify_one();
}

void PendingCalls::succeed(std::uint32_t number, Outcome outcome) {
  finish(number, [&](Waiting& waiting) { waiting.outcome = std::move(outcome); });
}

void PendingCalls::fail(std::uint32_t number, Fault fault) {
  finish(number, [&](Waiting& waiting) { waiting.failure.emplace(std::move(fault)); });
}

void PendingCalls::message(std::uint32_t number, const std::string& text) {
  std::function<void(std::string)> tell;
  {
    const std::lock_guard lock(mutex_);
    const auto found = calls_.find(number);
    if (found != calls_.end()) tell = found->second->on_message;
  }
  if (tell) tell(text);
}

void PendingCalls::fail_all(const std::string& reason) {
  const std::lock_guard lock(mutex_);
  for (const auto& [number, waiting] : calls_) {
    if (waiting->is_done) continue;
    waiting->failure.emplace(ErrorCode::kScriptFailed, reason);
    waiting->is_done = true;
    waiting->answered.notify_one();
  }
}

std::optional<PendingCalls::Limits> PendingCalls::limits_of(std::uint32_t number) const {
  const std::lock_guard lock(mutex_);
  const auto found = calls_.find(number);
  if (found == calls_.end()) return std::nullopt;
  return found->second->limits;
}

std::size_t PendingCalls::size() const {
  const std::lock_guard lock(mutex_);
  return calls_.size();
}

}  // namespace parse::cloud
