#include "server/settings.h"

#include <thread>
#include <utility>

#include "cloud/node_settings.h"
#include "server/guard_settings.h"

namespace parse::server {
namespace {

std::optional<std::string> configured(const std::string& key) {
  if (key.empty()) return std::nullopt;
  return key;
}

/// A limit of -1 is none.
std::optional<std::int64_t> bound(std::int64_t limit) {
  if (limit < 0) return std::nullopt;
  return limit;
}

/// "https://host:1337/parse/" -> "/parse".
std::string path_of(const std::string& url) {
  const std::size_t scheme = url.find("://");
  const std::size_t slash = scheme == std::string::npos ? std::string::npos : url.find('/', scheme + 3);
  std::string path = slash == std::string::npos ? std::string() : url.substr(slash);
  while (path.ends_with('/')) path.pop_back();
  return path;
}

std::string without_trailing_slash(std::string text) {
  while (text.ends_with('/')) text.pop_back();
  return text;
}

const std::string& public_url(const config::NetworkOptions& network) {
  return network.public_server_url.empty() ? network.server_url : network.public_server_url;
}

api::IdempotencySettings idempotency_settings(const config::IdempotencyOptions& options) {
  api::IdempotencySettings settings;
  for (const std::string& path : options.paths)
    settings.paths.emplace_back(path.starts_with('^') ? path : '^' + path, "");
  settings.ttl = options.ttl;
  return settings;
}

rest::HookLogLevels hook_log_levels(const config::LogOptions& options) {
  const auto level = [](const std::string& text) { return logging::parse_level(text).value_or(logging::Level::kInfo); };
  return {level(options.cloud_function_success), level(options.cloud_function_error), level(options.trigger_after),
          level(options.trigger_before_success), level(options.trigger_before_error)};
}

query::Denylist denylist(const std::vector<config::DeniedKeyword>& options) {
  object::Array rules;
  for (const config::DeniedKeyword& keyword : options) {
    object::Object rule;
    if (keyword.key) rule.append("key", *keyword.key);
    if (keyword.value) rule.append("value", *keyword.value);
    rules.emplace_back(std::move(rule));
  }
  return query::Denylist(rules);
}

}  // namespace

api::Settings api_settings(const config::Options& options) {
  const config::KeyOptions& keys = options.keys;
  api::Settings settings;
  settings.keys = {keys.app_id,
                   keys.master_key,
                   configured(keys.read_only_master_key),
                   configured(keys.maintenance_key),
                   configured(keys.client_key),
                   configured(keys.javascript_key),
                   configured(keys.rest_api_key),
                   configured(keys.dot_net_key),
                   http::IpList(keys.master_key_ips),
                   http::IpList(keys.read_only_master_key_ips),
                   http::IpList(keys.maintenance_key_ips)};
  settings.mount_path = without_trailing_slash(options.network.mount_path);
  settings.server_url_path = path_of(options.network.server_url);
  settings.public_url_path = path_of(public_url(options.network));
  settings.idempotency = idempotency_settings(options.idempotency);
  settings.rate_limits = rate_limit_rules(options.rate_limits.limits);
  settings.route_allow_list = route_allow_list(options.rate_limits.route_allow_list);
  settings.security_report = enabled_security_report(options);
  settings.raw_aggregation_values = options.query.aggregation_raw_values;
  settings.raw_aggregation_field_names = options.query.aggregation_raw_field_names;
  return settings;
}

rest::Settings rest_settings(const config::Options& options) {
  const config::ObjectOptions& objects = options.objects;
  const config::ComplexityOptions& complexity = options.complexity;
  rest::Settings settings;
  settings.allow_client_class_creation = objects.allow_client_class_creation;
  settings.allow_custom_object_id = objects.allow_custom_object_id;
  settings.object_id_size = objects.object_id_size;
  settings.default_limit = objects.default_limit;
  settings.max_limit = objects.max_limit;
  settings.allow_public_explain = options.database.allow_public_explain;
  settings.allow_aggregation_for_read_only_master_key = objects.allow_aggregation_for_read_only_master_key;
  settings.lock_schemas = options.schema.lock_schemas;
  settings.sanitize_errors = objects.enable_sanitized_error_response;
  settings.limits = {bound(complexity.batch_request_limit),
                     bound(complexity.include_depth),
                     bound(complexity.include_count),
                     bound(complexity.query_depth),
                     bound(complexity.subquery_depth),
                     bound(complexity.subquery_limit),
                     complexity.allow_regex};
  settings.denied_keywords = denylist(objects.request_keyword_denylist);
  settings.protection = {options.protected_fields.fields, options.protected_fields.owner_exempt,
                         options.protected_fields.save_response_exempt, options.protected_fields.trigger_exempt};
  settings.hook_logs = hook_log_levels(options.log);
  const config::InstallationOptions& installations = options.installations;
  settings.installations = {installations.update_duplicates, installations.installation_id_wins,
                            installations.enforce_auth};
  settings.files_url = without_trailing_slash(public_url(options.network)) + "/files/" + options.keys.app_id + "/";
  return settings;
}

http::ServerSettings http_settings(const config::Options& options) {
  const config::NetworkOptions& network = options.network;
  http::ServerSettings settings;
  settings.host = network.host;
  settings.port = network.port;
  if (options.runtime.io_threads > 0) settings.io_threads = options.runtime.io_threads;
  settings.max_body_bytes = network.max_upload_size;
  if (network.trust_proxy.all) {
    settings.trust_proxy = http::TrustProxy::all();
  } else if (network.trust_proxy.hops > 0) {
    settings.trust_proxy = http::TrustProxy::hops(network.trust_proxy.hops);
  } else if (!network.trust_proxy.addresses.empty()) {
    settings.trust_proxy = http::TrustProxy::addresses(network.trust_proxy.addresses);
  }
  if (!network.tls_cert.empty()) settings.tls = http::TlsSettings{network.tls_cert, network.tls_key};
  return settings;
}

http::CorsSettings cors_settings(const config::Options& options) {
  http::CorsSettings settings;
  if (!options.network.allow_origin.empty()) settings.origins = options.network.allow_origin;
  settings.headers = {"X-Parse-Master-Key",
                      "X-Parse-REST-API-Key",
                      "X-Parse-Javascript-Key",
                      "X-Parse-Application-Id",
                      "X-Parse-Client-Version",
                      "X-Parse-Session-Token",
                      "X-Requested-With",
                      "X-Parse-Revocable-Session",
                      "X-Parse-Request-Id",
                      "Content-Type",
                      "Pragma",
                      "Cache-Control"};
  settings.headers.insert(settings.headers.end(), options.network.allow_headers.begin(),
                          options.network.allow_headers.end());
  settings.expose_headers = {"X-Parse-Job-Status-Id", "X-Parse-Push-Status-Id"};
  return settings;
}

WorkerPoolSettings worker_settings(const config::Options& options) {
  WorkerPoolSettings settings;
  const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
  settings.active = options.runtime.workers > 0 ? options.runtime.workers : cores;
  settings.max_threads = std::max<std::size_t>(128, settings.active * 2);
  return settings;
}

WorkerPoolSettings front_worker_settings(const config::Options& options) {
  WorkerPoolSettings settings = worker_settings(options);
  if (!options.cloud.main.empty()) settings.max_threads += cloud::NodeSettings().max_calls;
  return settings;
}

Milliseconds system_now() {
  using std::chrono::system_clock;
  return std::chrono::duration_cast<std::chrono::milliseconds>(system_clock::now().time_since_epoch()).count();
}

}  // namespace parse::server
