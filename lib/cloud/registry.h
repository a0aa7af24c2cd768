#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "cloud/hook.h"

namespace parse::cloud {

/// The hooks of one moment. Any thread.
class HookTable {
 public:
  using Hooks = std::map<std::string, Hook, std::less<>>;

  /// nullptr: there is none.
  const Hook* find(HookKind kind, std::string_view name) const {
    const Hooks& hooks = by_kind_[static_cast<std::size_t>(kind)];
    if (hooks.empty()) return nullptr;
    const auto found = hooks.find(name);
    return found == hooks.end() ? nullptr : &found->second;
  }
  bool empty() const {
    return std::all_of(by_kind_.begin(), by_kind_.end(), [](const Hooks& hooks) { return hooks.empty(); });
  }
  const Hooks& of(HookKind kind) const { return by_kind_[static_cast<std::size_t>(kind)]; }
  void set(HookKind kind, std::string name, Hook hook) {
    by_kind_[static_cast<std::size_t>(kind)].insert_or_assign(std::move(name), hook);
  }

  /// `[{"kind","name","rateLimit"}]` of the validators that have one, as JSON; nullptr: none has. The same for tables
  /// that were made from the same code.
  const std::shared_ptr<const std::string>& rate_limits() const { return rate_limits_; }
  void set_rate_limits(std::shared_ptr<const std::string> limits) { rate_limits_ = std::move(limits); }

 private:
  std::array<Hooks, kHookKinds> by_kind_;
  std::shared_ptr<const std::string> rate_limits_;
};

/// Every hook of the app: those of the code, and webhooks. Any thread.
class Registry {
 public:
  Registry() : current_(std::make_shared<const HookTable>()) {}

  std::shared_ptr<const HookTable> hooks() const { return current_.load(); }
  /// In place of all that the code had registered before. Reads
  /// `{"hooks":[{"kind","name","skipWithMasterKey"?,"needsRoles"?,"rateLimit"?}]}`; throws kInvalidJson
  /// (107) for anything else.
  void set_code(Runner& runner, std::string_view registrations);
  /// In place of all webhooks before: those that the code goes over, and those that go over the code.
  void set_webhooks(HookTable under, HookTable over);

 private:
  void publish();  // needs mutex_

  std::mutex mutex_;  // guards the three below
  HookTable under_;
  HookTable code_;
  HookTable over_;
  std::atomic<std::shared_ptr<const HookTable>> current_;
};

}  // namespace parse::cloud
