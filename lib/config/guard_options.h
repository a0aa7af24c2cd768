#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// The groups of options.h that guard the API, and the small ones around them.
namespace parse::config {

/// The self-check of GET /security.
struct SecurityOptions {
  bool enable_check = false;
  /// The report is logged at the start.
  bool enable_check_log = false;

  friend bool operator==(const SecurityOptions&, const SecurityOptions&) = default;
};

/// Whose requests are counted together.
enum class RateLimitZone { kIp, kUser, kSession, kGlobal };

/// At most `request_count` requests to `request_path` in `time_window`. Source: parse-server RateLimitOptions.
struct RateLimit {
  /// A path below the mount, with parameters: `/functions/*path`, `/classes/:className`.
  std::string request_path;
  std::chrono::milliseconds time_window{0};
  std::int64_t request_count = 0;
  std::string error_response_message = "Too many requests.";
  /// Methods, or one regular expression on the method; empty means every method.
  std::vector<std::string> request_methods;
  /// Requests with the master key are counted too.
  bool include_master_key = false;
  /// Requests from the own machine are counted too.
  bool include_internal_requests = false;
  RateLimitZone zone = RateLimitZone::kIp;

  friend bool operator==(const RateLimit&, const RateLimit&) = default;
};

/// Who may ask how often, and for what at all.
struct RateLimitOptions {
  std::vector<RateLimit> limits;
  /// The limit described by the options `rateLimit.*`; after loading it is the last of `limits`, and this is empty.
  RateLimit single;
  /// Regular expressions; when set, requests without the master key reach only paths that match one of them.
  std::optional<std::vector<std::string>> route_allow_list;

  friend bool operator==(const RateLimitOptions&, const RateLimitOptions&) = default;
};

/// What happens to installations that carry a device token already known.
struct InstallationOptions {
  /// The other row is kept and loses its token, instead of being deleted.
  bool update_duplicates = false;
  /// When rows are merged, the one with the installation id survives instead of the one with the token.
  bool installation_id_wins = false;
  /// The rights of the client apply to the other row too.
  bool enforce_auth = false;

  friend bool operator==(const InstallationOptions&, const InstallationOptions&) = default;
};

/// The cache in memory of sessions, roles and the like.
struct CacheOptions {
  std::chrono::milliseconds ttl{5000};
  std::size_t max_size = 10000;

  friend bool operator==(const CacheOptions&, const CacheOptions&) = default;
};

}  // namespace parse::config
