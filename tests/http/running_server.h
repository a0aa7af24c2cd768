#pragma once

#include <functional>
#include <mutex>
#include <utility>
#include <vector>

#include "http/server.h"

namespace parse::test {

/// A server on a free port of the loopback address, whose requests a function answers on the I/O thread. Faults are
/// answered with `{"fault":<status>}`.
class RunningServer : private http::RequestSink {
 public:
  using Answer = std::function<void(http::Request, http::Responder)>;

  static http::ServerSettings loopback() {
    http::ServerSettings settings;
    settings.host = "127.0.0.1";
    settings.port = 0;
    return settings;
  }

  /// Echoes: the body is "<METHOD> <path>?<query> <body>".
  explicit RunningServer(http::ServerSettings settings = loopback()) : RunningServer(std::move(settings), echo) {}
  RunningServer(http::ServerSettings settings, Answer answer)
      : answer_(std::move(answer)), server_(std::move(settings), *this) {
    server_.start();
  }

  std::uint16_t port() const { return server_.port(); }
  http::Server& server() { return server_; }

  static void echo(http::Request request, http::Responder responder) {
    http::Response response;
    response.content_type = "text/plain";
    response.body =
        std::string(http::to_string(request.method)) + " " + request.path + "?" + request.query + " " + request.body;
    responder.respond(std::move(response));
  }

 private:
  void handle(http::Request request, http::Responder responder) override {
    answer_(std::move(request), std::move(responder));
  }

  http::Response on_fault(http::RequestFault fault, const http::Request&) override {
    http::Response response;
    response.status = http_status(fault);
    response.body = "{\"fault\":" + std::to_string(response.status) + "}";
    return response;
  }

  Answer answer_;
  http::Server server_;
};

}  // namespace parse::test
