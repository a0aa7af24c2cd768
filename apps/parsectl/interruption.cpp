#include "apps/parsectl/interruption.h"

#include <unistd.h>

#include <csignal>

#include "apps/parsectl/failure.h"

namespace parse::ctl {
namespace {

// A signal handler can reach nothing but a global.
std::atomic<bool> is_stop_asked = false;
static_assert(std::atomic<bool>::is_always_lock_free);

extern "C" void ask_to_stop(int signal) {
  is_stop_asked = true;
  std::signal(signal, SIG_DFL);
}

/// Only what a signal handler may do.
extern "C" void end_at_once(int) { ::_exit(static_cast<int>(ExitCode::kInterrupted)); }

}  // namespace

Interruption::Interruption() {
  is_stop_asked = false;
  std::signal(SIGINT, ask_to_stop);
  std::signal(SIGTERM, ask_to_stop);
}

Interruption::~Interruption() {
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
}

const std::atomic<bool>& Interruption::is_asked() const { return is_stop_asked; }

void end_on_interrupt() {
  std::signal(SIGINT, end_at_once);
  std::signal(SIGTERM, end_at_once);
}

}  // namespace parse::ctl
