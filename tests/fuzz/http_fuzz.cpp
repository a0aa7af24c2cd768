// The path of a request's bytes up to the sink: parser, target, query string, router, forwarded addresses. The first
// byte says how the rest is cut, since what is split differently must not be understood differently.
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "http/forwarded.h"
#include "http/query_string.h"
#include "http/request_parser.h"
#include "http/router.h"

namespace {

using namespace parse::http;

const Router& router() {
  static const Router routes = [] {
    Router made;
    made.add(Method::kGet, "/classes/:class/:id", 1);
    made.add(Method::kGet, "/classes/special/:id", 2);
    made.add(Method::kGet, "/files/*path", 3);
    return made;
  }();
  return routes;
}

void use(const Request& request) {
  static const TrustProxy trust = TrustProxy::addresses({"loopback", "10.0.0.0/8"});
  for (const auto& [key, value] : parse_query_string(request.query)) split_query_key(key);
  router().match(request.method, request.path);
  trust.client_ip("127.0.0.1", request.headers);
  trust.is_secure("127.0.0.1", false, request.headers);
}

struct Outcome {
  std::vector<std::string> requests;
  bool refused = false;
  bool operator==(const Outcome&) const = default;
};

/// Parses as a connection does: what is not used up comes again with more behind it.
Outcome parse_in_steps(std::string_view bytes, std::size_t step) {
  RequestParser parser({.max_header_bytes = 2048, .max_body_bytes = 4096});
  Outcome outcome;
  std::size_t begin = 0;
  for (std::size_t end = 0; begin < bytes.size();) {
    end = std::min(bytes.size(), end + step);
    bool progress = true;
    while (progress && begin < end) {
      const std::size_t used = parser.feed(bytes.substr(begin, end - begin));
      begin += used;
      progress = used > 0;
      if (parser.fault()) {
        outcome.refused = true;
        return outcome;
      }
      if (!parser.complete()) continue;
      parser.keep_alive();
      const Request& request = parser.request();
      use(request);
      outcome.requests.push_back(request.path + ' ' + request.query + ' ' + request.body);
      parser.reset();
      progress = true;
    }
    if (end == bytes.size()) break;
  }
  return outcome;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const Outcome whole = parse_in_steps(bytes, bytes.size());
  const Outcome pieces = parse_in_steps(bytes, 1 + data[0] % 64);
  // A fault may be noticed earlier or later, but the requests before it are the same.
  if (whole.requests != pieces.requests) std::abort();
  return 0;
}
