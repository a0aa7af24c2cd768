#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include "net/http_client.h"

namespace parse::net {

struct HttpClientSettings {
  /// For one connection attempt, TLS included.
  std::chrono::milliseconds connect_timeout = std::chrono::seconds(5);
  /// For a whole exchange, from the name lookup to the last byte.
  std::chrono::milliseconds timeout = std::chrono::seconds(10);
  std::size_t max_response_bytes = 1024 * 1024;
  /// A PEM file of certificate authorities that are trusted besides the system's; empty: none.
  std::string extra_ca_file = {};
};

/// HttpClient over Poco: HTTP/1.1, one connection for each exchange, TLS 1.2 or newer. Certificates are checked against
/// the system's authorities and the name or address in the URL. It keeps no global state.
class PocoHttpClient final : public HttpClient {
 public:
  explicit PocoHttpClient(HttpClientSettings settings = {});
  ~PocoHttpClient() override;

  HttpResponse send(const HttpRequest& request) override;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace parse::net
