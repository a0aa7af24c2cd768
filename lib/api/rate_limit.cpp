#include "api/rate_limit.h"

#include <algorithm>
#include <array>
#include <utility>

#include "http/ip_list.h"
#include "http/text.h"

namespace parse::api {
namespace {

/// Keys kept for each rule; beyond it the oldest windows end early.
constexpr std::size_t kMaxKeys = 100'000;
constexpr std::string_view kLoginPath = "/login";

/// One subscriber holds a whole /64 of IPv6 addresses, so those count as one.
std::string address_key(const std::string& text) {
  auto address = http::parse_ip(text);
  if (!address) return text;
  if (!address->is_v4()) std::fill(address->bytes.begin() + 8, address->bytes.end(), std::uint8_t{0});
  return address->to_text();
}

bool is_internal(const std::string& client_ip) {
  static const http::IpList kOwnMachine({"127.0.0.1", "::1"});
  return kOwnMachine.contains(client_ip);
}

std::string key_of(RateLimitZone zone, const RateLimitCall& call) {
  if (zone == RateLimitZone::kGlobal) return "everybody";
  // A login begins anew, whoever was logged in before.
  const bool is_user = call.principal.kind == auth::PrincipalKind::kUser && !http::iequals(call.path, kLoginPath);
  if (is_user && zone == RateLimitZone::kUser) return "user " + call.principal.user_id;
  if (is_user && zone == RateLimitZone::kSession) return "session " + call.principal.session_token;
  return "address " + address_key(call.client_ip);
}

bool counts_method(const RateLimitRule& rule, http::Method method) {
  // HEAD runs what GET runs.
  const std::string_view verb = http::to_string(method == http::Method::kHead ? http::Method::kGet : method);
  if (rule.method_pattern) return rule.method_pattern->matches(verb);
  return rule.methods.empty() || std::find(rule.methods.begin(), rule.methods.end(), verb) != rule.methods.end();
}

/// Built-in classes have two addresses each.
std::optional<std::string> other_address(std::string_view path) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kAddresses{
      std::pair{"/classes/_User", "/users"}, std::pair{"/classes/_Role", "/roles"},
      std::pair{"/classes/_Session", "/sessions"}, std::pair{"/classes/_Installation", "/installations"}};
  for (const auto& [by_class, own] : kAddresses) {
    for (const auto& [from, to] : {std::pair{by_class, own}, std::pair{own, by_class}}) {
      if (!path.starts_with(from)) continue;
      const std::string_view rest = path.substr(from.size());
      if (rest.empty() || rest.front() == '/') return std::string(to).append(rest);
    }
  }
  return std::nullopt;
}

bool is_about(const RateLimitRule& rule, const RateLimitCall& call, const std::optional<std::string>& other) {
  if (!rule.path.matches(call.path) && !(other && rule.path.matches(*other))) return false;
  if (!rule.include_internal && is_internal(call.client_ip)) return false;
  if (!rule.include_master_key && call.principal.is_master()) return false;
  return counts_method(rule, call.method);
}

/// Seconds, rounded up.
std::int64_t seconds(Milliseconds time) { return (time + 999) / 1000; }

}  // namespace

RateLimiter::RateLimiter(const std::vector<RateLimitRule>& rules) : rules_(rules) {
  for (const RateLimitRule& rule : rules) counters_.push_back(std::make_unique<RequestCounter>(rule.window, kMaxKeys));
}

std::optional<RateLimitCount> RateLimiter::count(const RateLimitCall& call) {
  if (rules_.empty()) return std::nullopt;
  std::optional<RateLimitCount> tightest;
  const auto other = other_address(call.path);
  for (std::size_t i = 0; i < rules_.size(); ++i) {
    const RateLimitRule& rule = rules_[i];
    if (!is_about(rule, call, other)) continue;
    const auto [hits, ends] = counters_[i]->hit(key_of(rule.zone, call), call.now);
    RateLimitCount count{rule.count, std::max<std::int64_t>(0, rule.count - hits), ends, hits > rule.count,
                         rule.message};
    tightest = tighter(std::move(tightest), std::move(count));
  }
  return tightest;
}

std::optional<RateLimitCount> tighter(std::optional<RateLimitCount> one, std::optional<RateLimitCount> other) {
  if (!one || !other) return one ? one : other;
  const bool is_tighter = one->exceeded == other->exceeded ? other->remaining < one->remaining : other->exceeded;
  return is_tighter ? other : one;
}

void add_rate_limit_headers(const RateLimitCount& count, Milliseconds now, http::Response& response) {
  response.headers.add("X-RateLimit-Limit", std::to_string(count.limit));
  response.headers.add("X-RateLimit-Remaining", std::to_string(count.remaining));
  response.headers.add("X-RateLimit-Reset", std::to_string(seconds(count.resets)));
  if (count.exceeded) response.headers.add("Retry-After", std::to_string(seconds(count.resets - now)));
}

}  // namespace parse::api
