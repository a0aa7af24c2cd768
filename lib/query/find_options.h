#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "object/value.h"
#include "query/where.h"
#include "schema/class_schema.h"

namespace parse::query {

/// The query parameters of a find or get, decoded and checked as far as that goes without a schema.
struct FindParams {
  /// As sent; null when absent. See parse_where.
  object::Value where;
  /// As sent; see parse_order.
  std::string order;
  std::int64_t skip = 0;
  std::optional<std::int64_t> limit;
  bool count = false;
  /// As sent, dotted ones included; see make_projection.
  std::optional<std::vector<std::string>> keys;
  std::vector<std::string> exclude_keys;
  /// Paths to expand, parents before children; those implied by dotted keys included.
  std::vector<std::string> include;
  bool include_all = false;
  std::optional<std::string> redirect_key;
  /// Index name; an index given as `{"a":1}` under its default name "a_1".
  std::optional<std::string> hint;
  /// "queryPlanner", "queryPlannerExtended", "executionStats" or "allPlansExecution".
  std::optional<std::string> explain;
  std::optional<std::string> comment;
  /// Where the objects, those included and those of sub-queries are read. Absent: as the objects, those from the
  /// primary.
  std::optional<ReadPreference> read_from;
  std::optional<ReadPreference> include_from;
  std::optional<ReadPreference> subquery_from;
};

/// Where a find reads. Its sub-queries are carried out with it, so they share its server: the one that is more up to
/// date of what both prefer.
ReadPreference read_preference(const FindParams& params, const Where& where);

struct LimitSettings {
  std::int64_t default_limit = 100;
  /// Larger limits are silently lowered to it.
  std::optional<std::int64_t> max_limit;
};

/// Decodes the parameters of GET /classes/C. Throws kInvalidQuery (102) for a parameter that is not known, an unknown
/// read preference or explain level, a limit or skip that is no number or negative; kInvalidJson (107) when `where` is
/// text that is no JSON. Source: parse-server ClassesRouter optionsFromBody, RestQuery; REST guide, "Queries".
FindParams parse_find_params(const object::Object& params, const LimitSettings& limits);

/// Decodes the parameters of GET /classes/C/id. Throws kInvalidQuery (102) "Improper encode of parameter".
FindParams parse_get_params(const object::Object& params);

/// Each value of a query string as JSON when it parses, as text otherwise.
object::Object decode_query_params(const std::vector<std::pair<std::string, std::string>>& pairs);
/// The parameters of a request: its JSON body, overridden by its query string.
object::Object merge_params(object::Object body, const std::vector<std::pair<std::string, std::string>>& pairs);

/// Reads "a,-b,$score" against the class that is searched; fields it does not have are left out. `class_schema` is null
/// for a class that does not exist. Throws kInvalidKeyName (105). Source: parse-server RestQuery, DatabaseController.
std::vector<OrderTerm> parse_order(const std::string& order, const std::string& class_name,
                                   const schema::ClassSchema* class_schema);

/// Which fields of a class a find reads and which it expands.
struct Projection {
  /// Top-level fields; absent: all.
  std::optional<std::vector<std::string>> keys;
  bool with_text_score = false;
  /// Paths to expand, parents before children.
  std::vector<std::string> include;
};

/// Combines keys, excludeKeys, include and includeAll. `class_schema` is null for a class that does not exist.
/// Source: parse-server RestQuery handleIncludeAll, handleExcludeKeys.
Projection make_projection(const FindParams& params, const schema::ClassSchema* class_schema);

/// The keys, excludeKeys and read preference that hold for the objects expanded at `path`. Source: parse-server
/// RestQuery includePath.
FindParams params_below(const FindParams& params, const std::string& path);

}  // namespace parse::query
