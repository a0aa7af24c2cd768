#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "logging/logger.h"
#include "object/value.h"
#include "query/denylist.h"

/// The use cases: every REST call without its HTTP.
namespace parse::rest {

/// Bounds on what callers without the master key may ask for; nullopt is no bound. Source: option `requestComplexity`.
struct ComplexityLimits {
  std::optional<std::int64_t> batch_requests = 100;
  std::optional<std::int64_t> include_depth = 10;
  std::optional<std::int64_t> include_count = 100;
  std::optional<std::int64_t> query_depth = 10;
  std::optional<std::int64_t> subquery_depth = 10;
  /// Objects that one sub-query may yield.
  std::optional<std::int64_t> subquery_results;
  bool allow_regex = true;
};

/// Options about fields that clients may not see.
struct ProtectionSettings {
  /// `protectedFields`: class -> group -> fields; joined with those of the class-level permissions.
  object::Object fields;
  /// Users see the protected fields of their own object.
  bool owner_exempt = true;
  /// What a write answers may hold protected fields.
  bool save_response_exempt = true;
  /// Triggers of a change see the protected fields of the object as it was.
  bool trigger_exempt = false;
};

/// At which levels calls of Cloud Code are logged. Source: option `logLevels`.
struct HookLogLevels {
  logging::Level function_success = logging::Level::kInfo;
  logging::Level function_error = logging::Level::kError;
  logging::Level trigger_after = logging::Level::kInfo;
  logging::Level trigger_before_success = logging::Level::kInfo;
  logging::Level trigger_before_error = logging::Level::kError;
};

/// What happens to installations that carry an identifier of another one. Source: option `installation`.
struct InstallationSettings {
  /// The other row stays and loses the identifier, instead of being deleted.
  bool update_duplicates = false;
  /// Of two rows that become one, the one with the installationId survives instead of the one with the deviceToken.
  bool installation_id_wins = false;
  /// Other rows are touched only when the caller may write them.
  bool enforce_auth = false;
};

/// What the options say about objects and queries.
struct Settings {
  bool allow_client_class_creation = true;
  bool allow_custom_object_id = false;
  std::size_t object_id_size = 10;
  std::int64_t default_limit = 100;
  std::optional<std::int64_t> max_limit;
  bool allow_public_explain = false;
  bool allow_aggregation_for_read_only_master_key = true;
  bool lock_schemas = false;
  /// Permission errors say only "Permission denied"; the detail goes to the log.
  bool sanitize_errors = true;
  ComplexityLimits limits;
  query::Denylist denied_keywords{{}};
  ProtectionSettings protection;
  InstallationSettings installations;
  HookLogLevels hook_logs;
  /// Start of file URLs: "https://host/parse/files/APP_ID/".
  std::string files_url;
};

}  // namespace parse::rest
