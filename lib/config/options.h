#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "config/account_options.h"
#include "config/guard_options.h"
#include "config/mail_options.h"
#include "object/value.h"

/// What the operator can decide, as typed values. Filled by config/load.h; one row of config/option_spec.h for each.
namespace parse::config {

/// The application and its secrets. An empty key means: not configured.
struct KeyOptions {
  std::string app_id;
  std::string master_key;
  std::string read_only_master_key;
  std::string maintenance_key;
  std::string client_key;
  std::string javascript_key;
  std::string rest_api_key;
  std::string dot_net_key;
  /// Addresses or CIDR blocks, IPv4 or IPv6, that may use the key. Empty: nobody.
  std::vector<std::string> master_key_ips = {"127.0.0.1", "::1"};
  std::vector<std::string> read_only_master_key_ips = {"0.0.0.0/0", "::0"};
  std::vector<std::string> maintenance_key_ips = {"127.0.0.1", "::1"};

  friend bool operator==(const KeyOptions&, const KeyOptions&) = default;
};

/// Which peers may say, by X-Forwarded-For, who the client is. At most one of the three is set. Source: Express, "trust
/// proxy".
struct TrustProxy {
  /// Trust every peer: the left-most address is the client.
  bool all = false;
  /// Trust that many hops, counted from this server.
  std::size_t hops = 0;
  /// Trust these addresses and CIDR blocks, and the names loopback, linklocal and uniquelocal.
  std::vector<std::string> addresses;

  friend bool operator==(const TrustProxy&, const TrustProxy&) = default;
};

/// Where the server listens and what its HTTP front accepts.
struct NetworkOptions {
  std::string host = "0.0.0.0";
  /// 0 lets the system choose.
  std::uint16_t port = 1337;
  /// Begins with a slash and does not end with one; "/" alone mounts at the root.
  std::string mount_path = "/parse";
  /// Never empty after loading: `http://localhost:<port><mountPath>` when it was not given.
  std::string server_url;
  /// Empty when not configured.
  std::string public_server_url;
  TrustProxy trust_proxy;
  /// CORS request headers beside the built-in ones.
  std::vector<std::string> allow_headers;
  /// CORS origins; empty means every origin.
  std::vector<std::string> allow_origin;
  /// Largest request body, in bytes.
  std::size_t max_upload_size = std::size_t{20} * 1024 * 1024;
  /// PEM files; both empty, or both set.
  std::string tls_cert;
  std::string tls_key;

  friend bool operator==(const NetworkOptions&, const NetworkOptions&) = default;
};

/// Where objects are kept.
struct DatabaseOptions {
  /// Never empty after loading: `sqlite:<dataFolder>/parse.db` when it was not given. Always has a scheme.
  std::string uri;
  /// `explain` without the master key.
  bool allow_public_explain = false;
  /// Time limit of one query; zero means none.
  std::chrono::milliseconds max_time{0};
  /// Copies of a PostgreSQL database that answer reads; URIs as `uri`.
  std::vector<std::string> replicas;
  /// Connections to one PostgreSQL database at most; absent: what its URI says.
  std::optional<std::size_t> max_pool_size;
  /// Follow the schema changes of other servers.
  bool enable_schema_hooks = true;

  friend bool operator==(const DatabaseOptions&, const DatabaseOptions&) = default;
};

/// A key, a value, or a pair of both that request data must not contain, at any depth. Texts are regular expressions.
struct DeniedKeyword {
  std::optional<std::string> key;
  /// Boolean, number or text.
  std::optional<object::Value> value;

  friend bool operator==(const DeniedKeyword&, const DeniedKeyword&) = default;
};

/// Rules for saving and finding objects.
struct ObjectOptions {
  bool allow_client_class_creation = true;
  bool allow_custom_object_id = false;
  std::size_t object_id_size = 10;
  std::int64_t default_limit = 100;
  std::optional<std::int64_t> max_limit;
  std::vector<DeniedKeyword> request_keyword_denylist = {
      {"_bsontype", object::Value("Code")}, {"constructor", std::nullopt}, {"__proto__", std::nullopt}};
  /// Authorisation failures say "Permission denied" and no more.
  bool enable_sanitized_error_response = true;
  bool allow_aggregation_for_read_only_master_key = true;

  friend bool operator==(const ObjectOptions&, const ObjectOptions&) = default;
};

/// Limits against heavy requests; -1 means no limit. The master key is not limited.
struct ComplexityOptions {
  bool allow_regex = true;
  std::int64_t batch_request_limit = 100;
  std::int64_t include_depth = 10;
  std::int64_t include_count = 100;
  std::int64_t query_depth = 10;
  std::int64_t subquery_depth = 10;
  std::int64_t subquery_limit = -1;

  friend bool operator==(const ComplexityOptions&, const ComplexityOptions&) = default;
};

/// De-duplication of requests by X-Parse-Request-Id.
struct IdempotencyOptions {
  /// Regular expressions on the path below the mount, without its leading slash; empty turns it off.
  std::vector<std::string> paths;
  std::chrono::seconds ttl{300};

  friend bool operator==(const IdempotencyOptions&, const IdempotencyOptions&) = default;
};

/// Schemas declared in the configuration and applied at start.
struct SchemaOptions {
  /// True when the `schema` option was given at all; otherwise nothing is migrated.
  bool declared = false;
  /// One JSON object for each class: className, fields, indexes, classLevelPermissions.
  object::Array definitions;
  bool strict = false;
  bool delete_extra_fields = false;
  bool recreate_modified_fields = false;
  bool lock_schemas = false;
  bool keep_unknown_indexes = false;

  friend bool operator==(const SchemaOptions&, const SchemaOptions&) = default;
};

/// Defaults of aggregate pipelines.
struct QueryOptions {
  bool aggregation_raw_values = false;
  bool aggregation_raw_field_names = false;

  friend bool operator==(const QueryOptions&, const QueryOptions&) = default;
};

/// What is logged, and where. See logging/logger.h for the meaning.
struct LogOptions {
  /// One of error, warn, info, debug, verbose, silly, silent. `verbose` is already folded in.
  std::string level = "info";
  /// Empty: no files.
  std::string folder = "./logs";
  /// Number of files kept of each kind; zero keeps all.
  std::size_t max_files = 0;
  /// Age of the oldest file kept; zero keeps all.
  std::chrono::days max_age{0};
  bool json = false;
  /// Nothing on the console.
  bool silent = false;
  /// Level at which a signup with a name already taken is logged.
  std::string signup_username_taken = "info";
  /// Levels at which calls of Cloud Code are logged.
  std::string cloud_function_success = "info";
  std::string cloud_function_error = "error";
  std::string trigger_after = "info";
  std::string trigger_before_success = "info";
  std::string trigger_before_error = "error";

  friend bool operator==(const LogOptions&, const LogOptions&) = default;
};

/// The process itself.
struct RuntimeOptions {
  /// Keeps the embedded database and generated keys.
  std::string data_folder = "./data";
  /// The file the options came from; empty without one.
  std::string config_file;
  /// Requests that run at the same time; zero means: one for each core.
  std::size_t workers = 0;
  /// Threads that own sockets; zero means: chosen by the server.
  std::size_t io_threads = 0;
  /// Record what queries ask and cost.
  bool query_stats = true;

  friend bool operator==(const RuntimeOptions&, const RuntimeOptions&) = default;
};

/// The app's JavaScript, which runs in Node.js processes beside the server.
struct CloudOptions {
  /// Its main module; empty: none, and Node.js is never started.
  std::string main;
  /// `cloudOptions`: the module whose members are options that are functions; empty: none.
  std::string functions;
  std::string node = "node";
  std::size_t processes = 1;
  std::chrono::seconds call_timeout{60};
  std::chrono::seconds stall_timeout{10};
  /// Megabytes; 0: Node's own limit.
  std::size_t memory_limit = 0;
  int max_depth = 16;
  /// Load the code anew when its files change.
  bool watch = false;
  /// Its requests go to the server by the socket between them, not by HTTP.
  bool direct_access = true;
  /// Parse.Cloud.httpRequest does not reach private addresses.
  bool deny_private_network = false;
  /// What webhooks are told in X-Parse-Webhook-Key; empty: nothing.
  std::string webhook_key;
  /// For a whole call of a webhook.
  std::chrono::seconds webhook_timeout{30};

  friend bool operator==(const CloudOptions&, const CloudOptions&) = default;
};

/// Everything together. Only lib/server and the programs see it whole.
struct Options {
  KeyOptions keys;
  NetworkOptions network;
  DatabaseOptions database;
  ObjectOptions objects;
  ComplexityOptions complexity;
  IdempotencyOptions idempotency;
  SchemaOptions schema;
  QueryOptions query;
  AccountOptions accounts;
  SessionOptions sessions;
  LockoutOptions lockout;
  PasswordPolicyOptions password_policy;
  ProtectedFieldsOptions protected_fields;
  UserIndexOptions user_indexes;
  EmailOptions email;
  PagesOptions pages;
  InstallationOptions installations;
  RateLimitOptions rate_limits;
  SecurityOptions security;
  CacheOptions cache;
  CloudOptions cloud;
  LogOptions log;
  RuntimeOptions runtime;

  friend bool operator==(const Options&, const Options&) = default;
};

}  // namespace parse::config
