#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/request_counter.h"
#include "auth/principal.h"
#include "http/message.h"
#include "query/regex.h"

namespace parse::api {

/// Whose requests are counted together. A request without a proven session counts for its address, whatever token it
/// carries.
enum class RateLimitZone { kIp, kUser, kSession, kGlobal };

/// At most `count` requests in `window`. Source: option `rateLimit`.
struct RateLimitRule {
  /// Matches whole paths behind the mount; see base/path_pattern.h.
  query::CompiledRegex path;
  std::chrono::milliseconds window{0};
  std::int64_t count = 0;
  std::string message = {};
  /// Empty: every method.
  std::vector<std::string> methods = {};
  /// Instead of `methods`: a pattern that the method must match.
  std::optional<query::CompiledRegex> method_pattern = std::nullopt;
  bool include_master_key = false;
  /// Count requests from this machine (127.0.0.1, ::1) too.
  bool include_internal = false;
  RateLimitZone zone = RateLimitZone::kIp;
};

/// One call of the API, or one part of a batch.
struct RateLimitCall {
  /// The verb carried out, wherever it stood: in the request line, in `_method` or in a part of a batch.
  http::Method method = http::Method::kGet;
  /// The path as Routes::known_path spells it, so that every spelling of it counts together.
  std::string path;
  const auth::Principal& principal;
  std::string client_ip;
  Milliseconds now = 0;
};

/// What one rule says about a call.
struct RateLimitCount {
  std::int64_t limit = 0;
  std::int64_t remaining = 0;
  /// When the window ends.
  Milliseconds resets = 0;
  bool exceeded = false;
  std::string message = {};
};

/// Counts calls against rules, in memory. Any thread. Source: parse-server middlewares addRateLimit;
/// express-rate-limit.
class RateLimiter {
 public:
  /// `rules` must outlive this.
  explicit RateLimiter(const std::vector<RateLimitRule>& rules);

  /// Counts `call` with every rule that is about it. Returns what the first exceeded rule says, or else the one with
  /// the fewest calls left; nullopt when no rule is about it.
  std::optional<RateLimitCount> count(const RateLimitCall& call);

 private:
  const std::vector<RateLimitRule>& rules_;
  std::vector<std::unique_ptr<RequestCounter>> counters_;  // one for each rule
};

/// Of two answers the one that holds: an exceeded rule, or else fewer calls left.
std::optional<RateLimitCount> tighter(std::optional<RateLimitCount> one, std::optional<RateLimitCount> other);

/// X-RateLimit-Limit, -Remaining, -Reset, and Retry-After once a rule is exceeded.
void add_rate_limit_headers(const RateLimitCount& count, Milliseconds now, http::Response& response);

}  // namespace parse::api
