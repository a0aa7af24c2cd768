#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/rate_limit.h"

namespace parse::api {

/// The rules that validators of Cloud Code set up by `rateLimit`, from the JSON of cloud::HookTable::rate_limits. Path
/// and methods that it does not name come from what it stands on: POST and PUT of a class for its beforeSave, DELETE
/// for beforeDelete, GET for beforeFind, /login for beforeLogin, /requestPasswordReset, or the path of a function. What
/// makes no rule is told in the log and left out. Source: parse-server Parse.Cloud.js, middlewares addRateLimit.
std::vector<RateLimitRule> code_rate_limit_rules(std::string_view limits);

/// Counts calls against the rules of the code that is loaded. Code that is loaded anew with the same rules goes on
/// counting; other rules begin at nothing. Any thread.
class CodeRateLimiter {
 public:
  /// As RateLimiter::count; `limits` as HookTable::rate_limits gives them.
  std::optional<RateLimitCount> count(const std::shared_ptr<const std::string>& limits, const RateLimitCall& call);

 private:
  struct Loaded {
    explicit Loaded(std::shared_ptr<const std::string> from);
    const std::shared_ptr<const std::string> text;
    const std::vector<RateLimitRule> rules;
    RateLimiter limiter;
  };
  std::shared_ptr<Loaded> loaded(const std::shared_ptr<const std::string>& limits);

  std::mutex loading_;  // held while rules are replaced
  std::atomic<std::shared_ptr<Loaded>> current_;
};

}  // namespace parse::api
