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

}  // namespace parse::ctl
