#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"

namespace parse::http {

/// What browsers on other origins may do.
struct CorsSettings {
  /// Allowed origins; "*" allows all. The first one answers requests whose Origin is not in the list.
  std::vector<std::string> origins = {"*"};
  std::vector<std::string> methods = {"GET", "PUT", "POST", "DELETE", "OPTIONS"};
  /// Request fields that scripts may send.
  std::vector<std::string> headers = {};
  /// Response fields that scripts may read.
  std::vector<std::string> expose_headers = {};
};

/// Access-Control-* fields, formatted once. Never sends Access-Control-Allow-Credentials.
/// Source: parse-server middlewares.js, allowCrossDomain. Safe from any thread.
class Cors {
 public:
  explicit Cors(CorsSettings settings);

  /// The lines for `Response::shared_fields`; lives as long as this object.
  std::string_view fields(const Request& request) const;
  /// The answer to any OPTIONS request: 200 "OK" as plain text, with the fields set.
  Response preflight(const Request& request) const;

 private:
  std::string fallback_;
  std::map<std::string, std::string, std::less<>> by_origin_;
};

}  // namespace parse::http
