#pragma once

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace parse::cloud {

/// A program that runs below this one and never outlives it. One thread.
class ChildProcess {
 public:
  /// `arguments` begin with the program, which is looked for in PATH. The child gets `socket` as its descriptor 3 and
  /// shares the standard output and error. The system ends it when the thread that started it ends. Throws Error
  /// kInternal (1) naming the program when it cannot be run.
  ChildProcess(const std::vector<std::string>& arguments, int socket);
  /// Ends it when it still runs.
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  pid_t pid() const { return pid_; }
  /// SIGKILL, to it and what it has started.
  void end();
  /// How it ended ("exit code 1", "signal 9"); nullopt: it still runs after `patience`.
  std::optional<std::string> wait(std::chrono::milliseconds patience);

 private:
  pid_t pid_ = -1;
  std::optional<std::string> outcome_;
};

}  // namespace parse::cloud
