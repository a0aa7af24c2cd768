#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "cloud/hook.h"
#include "cloud/node_process.h"
#include "cloud/node_settings.h"
#include "cloud/script_folder.h"

namespace parse::cloud {

/// Runs the app's code in Node processes: starts them, spreads calls over them, starts anew what ended, and replaces
/// all of them when the code has changed. Any thread.
class NodeHost final : public Runner {
 public:
  struct Events {
    /// What the code has registered, as JSON; the last call holds.
    std::function<void(std::string)> registered;
    std::function<void(InnerRequest)> request;
  };
  /// How the code fares, for /health.
  struct State {
    std::size_t running = 0;
    std::size_t processes = 0;
    std::uint64_t restarts = 0;
  };

  NodeHost(NodeSettings settings, Events events);
  /// As stop.
  ~NodeHost() override;

  /// Loads the code; blocks. Throws Error kScriptFailed (141) saying why it cannot be loaded.
  void start();
  /// Loads the code anew and, once it is there, sends new calls to it; calls under way end where they began. Throws as
  /// `start`; then everything stays as it was.
  void reload();
  /// Calls under way fail.
  void stop();

  Outcome run(Invocation invocation) override;
  State state() const;

 private:
  struct Slot;
  class Admission;
  using Slots = std::vector<std::shared_ptr<Slot>>;

  std::shared_ptr<Slot> launch(std::chrono::milliseconds back_off);
  void became_ready(Slot& slot, std::string registrations);
  void ended(Slot& slot, const std::string& reason, bool was_ready);
  std::string load_generation();
  std::unique_ptr<NodeProcess::Booking> choose(Deadline deadline);
  static bool has_ended(const std::shared_ptr<Slot>& slot);  // needs mutex_
  void supervise();
  Slots restart_due();  // needs mutex_

  const NodeSettings settings_;
  const Events events_;
  const ScriptFolder scripts_;
  std::atomic<std::size_t> outermost_{0};
  std::mutex loading_;        // held while new code loads
  mutable std::mutex mutex_;  // guards everything below and every Slot
  std::condition_variable changed_;
  Slots slots_;
  /// Replaced, and not ended yet.
  Slots retired_;
  std::uint64_t restarts_ = 0;
  bool is_stopping_ = false;
  std::thread supervisor_;
};

}  // namespace parse::cloud
