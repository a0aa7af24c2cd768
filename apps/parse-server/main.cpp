#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <iostream>
#include <thread>

#include "apps/common/cli.h"
#include "apps/common/startup.h"
#include "base/error.h"
#include "config/validate.h"
#include "logging/logger.h"
#include "server/server.h"

namespace {

using namespace parse;

constexpr std::chrono::seconds kGrace{10};

/// Blocked in every thread, because threads inherit the mask: only sigwait sees them.
sigset_t block_signals(bool has_cloud_code) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  if (has_cloud_code) sigaddset(&signals, SIGHUP);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  return signals;
}

/// Until a signal asks to stop; SIGHUP loads Cloud Code anew meanwhile. Returns the signals that stop.
sigset_t wait_for_stop(sigset_t signals, server::Server& server) {
  for (int signal = 0; signal != SIGTERM && signal != SIGINT; signal = sigwaitinfo(&signals, nullptr)) {
    if (signal == SIGHUP) server.reload();
  }
  sigdelset(&signals, SIGHUP);
  return signals;
}

/// Ends the process at a second signal, or when a request that never returns has outlived the grace. What was
/// acknowledged is on the disk by then; the next start replays the rest of the log.
void exit_when_impatient(const sigset_t& signals) {
  constexpr std::chrono::seconds kMargin{2};
  const timespec longest{(kGrace + kMargin).count(), 0};
  sigtimedwait(&signals, nullptr, &longest);
  std::_Exit(apps::kExitInterrupted);
}

/// Ends the process although a try to reach the database is under way, which may take its time and cannot be called
/// off: nothing has been served yet.
void exit_without_database() {
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  logging::info("stopped");
  std::_Exit(apps::kExitSuccess);
}

void serve(const apps::Start& start, const apps::GeneratedKeys& keys) {
  const sigset_t all = block_signals(!start.options.cloud.main.empty());
  server::Server server(start.options);
  server.start({.ready =
                    [&] {
                      apps::announce(start, keys, server.port(), {std::cout, std::cerr});
                    },
                .failed = [] { ::kill(::getpid(), SIGTERM); }});
  const sigset_t signals = wait_for_stop(all, server);
  server.rethrow_failure();
  logging::info("stopping; requests in flight may finish");
  if (server.is_ready())
    std::thread([signals] { exit_when_impatient(signals); }).detach();
  else
    std::thread(exit_without_database).detach();
  server.stop(kGrace);
  logging::info("stopped");
}

int print_error(const Error& error, int exit_code) {
  std::cerr << error.message() << (error.cause().empty() ? "" : ": " + error.cause()) << '\n';
  return exit_code;
}

}  // namespace

int main(int argc, char** argv) {
  auto outcome = apps::run_cli({{argv + 1, argv + argc}, config::process_environment(), PARSE_SERVER_VERSION},
                               {std::cout, std::cerr});
  if (const int* code = std::get_if<int>(&outcome)) return *code;
  auto& start = std::get<apps::Start>(outcome);
  apps::GeneratedKeys keys;
  try {
    config::create_data_folder(start.options);
    keys = apps::ensure_keys(start.options);
  } catch (const Error& error) {
    return print_error(error, apps::kExitUsage);
  }
  apps::start_logging(start.options);
  try {
    serve(start, keys);
  } catch (const Error& error) {
    return print_error(error, apps::kExitStartFailed);
  }
  return apps::kExitSuccess;
}
