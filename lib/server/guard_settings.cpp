#include "server/guard_settings.h"

#include <algorithm>

#include "base/path_pattern.h"
#include "http/ip_list.h"
#include "logging/logger.h"
#include "rest/security_report.h"

namespace parse::server {
namespace {

/// One entry may be a pattern; several are names.
void read_methods(const std::vector<std::string>& methods, api::RateLimitRule& rule) {
  if (methods.size() == 1)
    rule.method_pattern.emplace(methods.front(), "");
  else
    rule.methods = methods;
}

/// "postgres://user:password@host/database" -> "password".
std::string password_in(const std::string& uri) {
  const std::size_t scheme = uri.find("://");
  if (scheme == std::string::npos) return {};
  const std::string authority = uri.substr(scheme + 3, uri.find('/', scheme + 3) - scheme - 3);
  const std::size_t at = authority.rfind('@');
  const std::size_t colon = authority.find(':');
  if (at == std::string::npos || colon == std::string::npos || colon > at) return {};
  return authority.substr(colon + 1, at - colon - 1);
}

/// Whether a key that is set may come from every address of one family. The probes belong to nobody.
bool from_everywhere(const std::string& key, const std::vector<std::string>& ips) {
  const http::IpList list(ips);
  const bool v4 = list.contains("192.0.2.1") && list.contains("203.0.113.255");
  return !key.empty() && (v4 || list.contains("2001:db8::1"));
}

bool lacks_limit(const config::ComplexityOptions& limits) {
  const auto values = {limits.batch_request_limit, limits.include_depth, limits.include_count, limits.query_depth,
                       limits.subquery_depth};
  return std::any_of(values.begin(), values.end(), [](std::int64_t value) { return value < 0; });
}

rest::SecurityFacts security_facts(const config::Options& options) {
  const config::KeyOptions& keys = options.keys;
  rest::SecurityFacts facts;
  facts.master_key = keys.master_key;
  facts.database_password = password_in(options.database.uri);
  facts.logs_report = options.security.enable_check_log;
  facts.clients_create_classes = options.objects.allow_client_class_creation;
  facts.users_are_public = !options.accounts.enforce_private_users;
  facts.has_insecure_auth_adapters = options.accounts.enable_insecure_auth_adapters;
  facts.explain_is_public = options.database.allow_public_explain;
  facts.master_key_from_everywhere = from_everywhere(keys.master_key, keys.master_key_ips);
  facts.read_only_master_key_from_everywhere =
      from_everywhere(keys.read_only_master_key, keys.read_only_master_key_ips);
  facts.maintenance_key_from_everywhere = from_everywhere(keys.maintenance_key, keys.maintenance_key_ips);
  facts.lacks_complexity_limits = lacks_limit(options.complexity);
  facts.password_reset_tells_users = !options.password_policy.reset_password_success_on_invalid_email;
  facts.email_verification_tells_users = !options.email.verify_success_on_invalid_email;
  return facts;
}

}  // namespace

std::vector<api::RateLimitRule> rate_limit_rules(const std::vector<config::RateLimit>& limits) {
  std::vector<api::RateLimitRule> rules;
  for (const config::RateLimit& limit : limits) {
    api::RateLimitRule& rule =
        rules.emplace_back(api::RateLimitRule{.path = {path_pattern_regex(limit.request_path), "i"}});
    rule.window = limit.time_window;
    rule.count = limit.request_count;
    rule.message = limit.error_response_message;
    read_methods(limit.request_methods, rule);
    rule.include_master_key = limit.include_master_key;
    rule.include_internal = limit.include_internal_requests;
    rule.zone = static_cast<api::RateLimitZone>(limit.zone);
  }
  return rules;
}

api::RouteAllowList route_allow_list(const std::optional<std::vector<std::string>>& patterns) {
  if (!patterns) return std::nullopt;
  std::vector<query::CompiledRegex> list;
  for (const std::string& pattern : *patterns) list.emplace_back("^(?:" + pattern + ")$", "");
  return list;
}

std::optional<object::Object> enabled_security_report(const config::Options& options) {
  if (!options.security.enable_check) return std::nullopt;
  auto report = rest::security_report(security_facts(options));
  if (options.security.enable_check_log) logging::warn("{}", rest::security_report_text(report));
  return report;
}

}  // namespace parse::server
