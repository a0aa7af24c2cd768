#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/rate_limit.h"
#include "api/route_allow_list.h"
#include "config/options.h"
#include "object/value.h"

/// Options of rate limits and checks -> the settings of their parts.
namespace parse::server {

std::vector<api::RateLimitRule> rate_limit_rules(const std::vector<config::RateLimit>& limits);
api::RouteAllowList route_allow_list(const std::optional<std::vector<std::string>>& patterns);

/// The report of the self-check; absent unless `security.enableCheck` is on. Writes it to the log when
/// `security.enableCheckLog` is on as well.
std::optional<object::Object> enabled_security_report(const config::Options& options);

}  // namespace parse::server
