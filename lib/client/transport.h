#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"

/// The REST API from the caller's side.
namespace parse::client {

/// One call of the API, below the mount path.
struct Call {
  std::string method = "GET";
  /// Begins with a slash; percent-encoded, with the query string: "/classes/Game?limit=1".
  std::string path;
  std::vector<std::pair<std::string, std::string>> headers = {};
  std::string body = {};
  /// A file that is sent instead of `body`.
  std::string body_file = {};
};

struct Answer {
  int status = 0;
  std::string body = {};
  std::vector<std::pair<std::string, std::string>> headers = {};

  /// The first header of that name, in any case; "" when there is none.
  std::string header(std::string_view name) const;
};

/// Nobody answers where the server should be; the message says where and why. Code kConnectionFailed (100).
class Unreachable : public Error {
 public:
  explicit Unreachable(std::string message) : Error(ErrorCode::kConnectionFailed, std::move(message)) {}
};

/// Brings a call to a server: over the network, or to one in this process.
class Transport {
 public:
  virtual ~Transport() = default;

  /// Any status is an answer. Throws Unreachable when there is none.
  virtual Answer send(const Call& call) = 0;
  /// Where the calls go, for messages.
  virtual std::string place() const = 0;
};

}  // namespace parse::client
