#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Calls to other servers.
namespace parse::net {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct HttpRequest {
  std::string method = "GET";
  /// Absolute, http or https.
  std::string url;
  Headers headers = {};
  std::string body = {};
  /// For the whole exchange; nothing: the client's own.
  std::optional<std::chrono::milliseconds> timeout = std::nullopt;
  /// Larger responses are an error; nothing: the client's own.
  std::optional<std::size_t> max_response_bytes = std::nullopt;
  /// A file that is sent instead of `body`, piece by piece.
  std::string body_file = {};
  /// Takes the body of a good response piece by piece, of any size; HttpResponse::body stays empty then. What it throws
  /// ends the exchange.
  std::function<void(std::string_view)> take_body = {};
};

struct HttpResponse {
  int status = 0;
  Headers headers = {};
  std::string body = {};

  bool ok() const { return status >= 200 && status < 300; }
  /// The first field of that name, in any case; nullptr when there is none.
  const std::string* header(std::string_view name) const;
};

/// Sends one request and waits for its response. Redirects are answers as any other: they are never followed. Any
/// thread; it blocks, within the limits below.
class HttpClient {
 public:
  virtual ~HttpClient() = default;

  /// Any status is a response. Throws Error kScriptFailed (141), with the reason as cause, when there is none: bad URL,
  /// unknown host, refused connection, certificate that does not hold, timeout, too large.
  virtual HttpResponse send(const HttpRequest& request) = 0;
};

}  // namespace parse::net
