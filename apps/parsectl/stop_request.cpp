#include "apps/parsectl/stop_request.h"

#include <csignal>

namespace parse::ctl {
namespace {

volatile std::sig_atomic_t stop_signal = 0;

void note(int signal) {
  stop_signal = signal;
  std::signal(signal, SIG_DFL);
}

}  // namespace

StopRequest::StopRequest() {
  stop_signal = 0;
  std::signal(SIGINT, note);
  std::signal(SIGTERM, note);
}

StopRequest::~StopRequest() {
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
}

bool StopRequest::is_made() const { return stop_signal != 0; }

}  // namespace parse::ctl
