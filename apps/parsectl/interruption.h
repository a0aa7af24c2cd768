#pragma once

#include <atomic>

namespace parse::ctl {

/// While one exists, the first Ctrl-C (or SIGTERM) only asks the work to stop where nothing is lost; the second one
/// ends the program. One at a time.
class Interruption {
 public:
  Interruption();
  ~Interruption();
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;

  /// Becomes true when somebody asks.
  const std::atomic<bool>& is_asked() const;
};

/// From now on Ctrl-C and SIGTERM end the program with exit code 130, at once: for commands that wait or follow, which
/// have nothing to put in order. What was printed must have been flushed before each wait.
void end_on_interrupt();

}  // namespace parse::ctl
