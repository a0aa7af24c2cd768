#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace parse::test {

/// One request as a LocalServer got it.
struct SeenRequest {
  std::string method;
  /// Path and query.
  std::string target;
  /// Names in lower case.
  std::map<std::string, std::string> headers;
  std::string body;

  std::string header(const std::string& name) const;
  std::string path() const { return target.substr(0, target.find('?')); }
  std::string query() const;
  /// A field of the query or of a form body, decoded; "" when there is none.
  std::string field(const std::string& name) const;
};

struct Reply {
  int status = 200;
  std::string body = {};
  std::string content_type = "application/json";
  /// Further fields, as `Name: value`.
  std::vector<std::string> fields = {};
  /// When not empty: sent as it is, instead of everything above.
  std::string raw = {};
  /// The raw text goes out byte by byte, slowly, until the client leaves; then nothing more, on an open connection.
  bool drip = false;
};

/// A certificate and its key in PEM, for a server.
struct ServerIdentity {
  std::string certificate;
  std::string key;
};

/// An HTTP server on a free port of the loopback address, for tests of what calls others. One request for each
/// connection; a thread for each connection. Every request is recorded.
class LocalServer {
 public:
  using Handler = std::function<Reply(const SeenRequest&)>;

  explicit LocalServer(Handler handler);
  /// Speaks TLS.
  LocalServer(Handler handler, const ServerIdentity& identity);
  ~LocalServer();
  LocalServer(const LocalServer&) = delete;
  LocalServer& operator=(const LocalServer&) = delete;

  std::uint16_t port() const { return port_; }
  /// `http://127.0.0.1:port` or `https://localhost:port`, then `path`.
  std::string url(std::string_view path = "") const;
  std::vector<SeenRequest> seen() const;
  /// How many requests had that path.
  int count(std::string_view path) const;

 private:
  class Connection;
  void accept_all();
  void serve(int socket);
  void listen();

  Handler handler_;
  std::shared_ptr<void> tls_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  mutable std::mutex mutex_;  // guards seen_ and workers_
  std::vector<SeenRequest> seen_;
  std::vector<std::thread> workers_;
  std::atomic<bool> stopping_{false};
  std::thread acceptor_;
};

}  // namespace parse::test
