#include "apps/parsectl/interrupt.h"

#include <unistd.h>

#include <csignal>

#include "apps/parsectl/failure.h"

namespace parse::ctl {
namespace {

/// Only what a signal handler may do.
void end(int) { ::_exit(static_cast<int>(ExitCode::kInterrupted)); }

}  // namespace

void end_on_interrupt() {
  std::signal(SIGINT, end);
  std::signal(SIGTERM, end);
}

}  // namespace parse::ctl
