#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "api/rate_limit.h"
#include "api/route_allow_list.h"
#include "http/ip_list.h"
#include "object/value.h"
#include "query/regex.h"

/// HTTP <-> rest: handlers that only translate.
namespace parse::api {

/// The application's keys and who may use them from where. An empty optional is a key that is not configured.
struct Keys {
  std::string app_id;
  std::string master_key;
  std::optional<std::string> read_only_master_key;
  std::optional<std::string> maintenance_key;
  std::optional<std::string> client_key;
  std::optional<std::string> javascript_key;
  std::optional<std::string> rest_api_key;
  std::optional<std::string> dot_net_key;
  http::IpList master_key_ips;
  http::IpList read_only_master_key_ips;
  http::IpList maintenance_key_ips;
};

/// Which requests are de-duplicated by X-Parse-Request-Id, and for how long. Source: option `idempotencyOptions`.
struct IdempotencySettings {
  /// Anchored at the start of the path behind the mount, without its leading slash.
  std::vector<query::CompiledRegex> paths;
  std::chrono::seconds ttl{300};
};

struct Settings {
  Keys keys;
  /// "/parse"; no trailing slash, empty for the root.
  std::string mount_path;
  /// Path parts of serverURL and publicServerURL when they differ: batch paths may start with either.
  std::string server_url_path;
  std::string public_url_path;
  IdempotencySettings idempotency;
  std::vector<RateLimitRule> rate_limits;
  RouteAllowList route_allow_list;
  /// What GET /security answers; absent when the option is off.
  std::optional<object::Object> security_report = std::nullopt;
  /// Defaults of `rawValues` and `rawFieldNames` of an aggregation.
  bool raw_aggregation_values = false;
  bool raw_aggregation_field_names = false;
};

}  // namespace parse::api
