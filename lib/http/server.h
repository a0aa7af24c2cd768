#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "http/forwarded.h"
#include "http/request_sink.h"
#include "http/tls.h"

namespace parse::http {

/// How long a client may take. Checked about four times within the shortest of them, at most once a second.
struct Timeouts {
  /// From a request's first byte (or from connecting) to the end of its header.
  std::chrono::milliseconds header{30'000};
  /// Longest pause within a body.
  std::chrono::milliseconds body_pause{30'000};
  /// From a request's first byte to its last.
  std::chrono::milliseconds request{300'000};
  /// Longest pause of a client that takes its response.
  std::chrono::milliseconds write_pause{30'000};
  /// Between two requests on one connection.
  std::chrono::milliseconds idle{65'000};
  /// How long a client that was told to go may still send before it is cut off.
  std::chrono::milliseconds linger{5'000};
};

/// Where and how to serve.
struct ServerSettings {
  /// Address or name to bind; "::" takes IPv4 clients too.
  std::string host = "0.0.0.0";
  /// 0 lets the system choose; see `Server::port`.
  std::uint16_t port = 1337;
  /// Threads that own sockets. One serves tens of thousands of requests per second; more than cores only costs.
  std::size_t io_threads = 1;
  std::uint64_t max_body_bytes = 20 * 1024 * 1024;
  std::size_t max_header_bytes = 64 * 1024;
  /// Beyond this many, the connection that has waited longest for its client makes room for the new one. 0: as many as
  /// the process may have open files, less a reserve.
  std::size_t max_connections = 0;
  Timeouts timeouts{};
  TrustProxy trust_proxy{};
  /// Set: serve TLS only.
  std::optional<TlsSettings> tls{};
};

/// An HTTP/1.1 server: keep-alive, pipelining (answers in order), chunked and length-delimited request bodies, HEAD,
/// `Expect: 100-continue`. Each connection belongs to one I/O thread for all its life, so nothing in it is locked.
class Server {
 public:
  /// `sink` must outlive the server; responders may outlive it. Throws Error when the TLS files are unusable.
  Server(ServerSettings settings, RequestSink& sink);
  /// Stops without grace when still running.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Raises the limit of open files to what the system allows, binds, and starts the I/O threads. Throws Error naming
  /// host and port when they cannot be bound.
  void start();
  /// The bound port, once started.
  std::uint16_t port() const;
  /// Stops accepting and closes idle connections at once; lets requests in flight finish within `grace`, then cuts what
  /// is left and joins the threads. Safe to call twice; not from an I/O thread.
  void stop(std::chrono::milliseconds grace);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace parse::http
