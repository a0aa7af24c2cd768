#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "cloud/fault.h"

namespace parse::cloud {

using Deadline = std::chrono::steady_clock::time_point;

/// What a hook came to: a line of JSON about it (which may be empty), then its value as JSON.
using Outcome = std::string;

/// Calls that wait for their answer from one Node process. Any thread.
class PendingCalls {
 public:
  /// Limits of a call, kept for the requests that its code makes.
  struct Limits {
    Deadline deadline;
    /// How many calls this one is inside of; the outermost is 1.
    int depth = 1;
    /// A transaction waits for it.
    bool in_transaction = false;
  };
  struct Waiting {
    Limits limits;
    std::function<void(std::string)> on_message;
    std::condition_variable answered;
    bool is_done = false;
    std::optional<Fault> failure;
    Outcome outcome;
  };

  /// One call, from before it is sent until its caller has the answer.
  class Call {
   public:
    /// `on_message`, if any, is told what a job says meanwhile, on the thread that reads.
    Call(PendingCalls& calls, Limits limits, std::function<void(std::string)> on_message = {});
    ~Call();
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;

    std::uint32_t number() const { return number_; }
    /// Blocks. Throws the hook's Fault, or kScriptFailed (141) at the deadline or when the process ended.
    Outcome wait();

   private:
    PendingCalls& calls_;
    std::uint32_t number_ = 0;
    Waiting waiting_;
  };

  void succeed(std::uint32_t number, Outcome outcome);
  void fail(std::uint32_t number, Fault fault);
  void message(std::uint32_t number, const std::string& text);
  void fail_all(const std::string& reason);
  /// Of a call that still waits.
  std::optional<Limits> limits_of(std::uint32_t number) const;
  std::size_t size() const;

 private:
  void finish(std::uint32_t number, const std::function<void(Waiting&)>& fill);

  mutable std::mutex mutex_;  // guards everything below and every Waiting
  std::uint32_t last_ = 0;
  std::unordered_map<std::uint32_t, Waiting*> calls_;
};

}  // namespace parse::cloud
