// Serves two fixed answers for load generators such as wrk: /health on the I/O thread, /work through a WorkerPool.
//   http_bench [seconds] [io threads]
// Ends when the time is over, or at once with SIGINT or SIGTERM.
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include "base/worker_pool.h"
#include "http/server.h"

namespace {

using parse::http::Request;
using parse::http::RequestFault;
using parse::http::Responder;
using parse::http::Response;

Response fixed_answer() {
  Response response;
  response.body = R"({"status":"ok"})";
  return response;
}

class BenchSink final : public parse::http::RequestSink {
 public:
  explicit BenchSink(parse::WorkerPool& pool) : pool_(pool) {}

  void handle(Request request, Responder responder) override {
    if (request.path == "/health") {
      responder.respond(fixed_answer());
      return;
    }
    struct Call {
      Request request;
      Responder responder;
    };
    auto call = std::make_shared<Call>(std::move(request), std::move(responder));
    const bool taken = pool_.try_post([call] { call->responder.respond(fixed_answer()); });
    if (taken) return;
    Response busy;
    busy.status = 503;
    call->responder.respond(std::move(busy));
  }

  Response on_fault(RequestFault fault, const Request&) override {
    Response response;
    response.status = parse::http::http_status(fault);
    return response;
  }

 private:
  parse::WorkerPool& pool_;
};

/// Signals that are waited for; blocked before any thread starts, as threads inherit it.
sigset_t block_ending_signals() {
  sigset_t ending;
  sigemptyset(&ending);
  sigaddset(&ending, SIGINT);
  sigaddset(&ending, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &ending, nullptr);
  return ending;
}

/// Returns with the first of `ending`, or when the time is over.
void wait_for_end(const sigset_t& ending, std::chrono::seconds time) {
  const auto deadline = std::chrono::steady_clock::now() + time;
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::seconds>(deadline - std::chrono::steady_clock::now());
    if (left.count() <= 0) return;
    const timespec limit{left.count(), 0};
    // Other than a signal of ours: the time is over, or a debugger interrupted.
    if (sigtimedwait(&ending, nullptr, &limit) > 0) return;
  }
}

}  // namespace

int main(int argc, char** argv) {
  const int seconds = argc > 1 ? std::atoi(argv[1]) : 60;
  const sigset_t ending = block_ending_signals();
  parse::WorkerPool pool({.active = 2});
  BenchSink sink(pool);
  parse::http::ServerSettings settings;
  settings.host = "127.0.0.1";
  settings.port = 0;
  settings.io_threads = argc > 2 ? static_cast<std::size_t>(std::atoi(argv[2])) : 1;
  parse::http::Server server(settings, sink);
  server.start();
  std::printf("http://127.0.0.1:%u/health and /work for %d s\n", server.port(), seconds);
  std::fflush(stdout);
  wait_for_end(ending, std::chrono::seconds(seconds));
  server.stop(std::chrono::seconds(1));
  return 0;
}
