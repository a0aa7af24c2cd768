#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "object/value.h"
#include "query/where.h"
#include "schema/class_schema.h"

namespace parse::query {

/// Deepest nesting of $or, $and, $nor and sub-queries that is read for anybody, so that recursion is bounded.
inline constexpr int kMaxWhereDepth = 100;

/// The `requestComplexity` limits that hold for callers without the master key; absent is no limit.
struct WhereLimits {
  std::optional<int> query_depth;
  std::optional<int> subquery_depth;
  std::optional<std::int64_t> subquery_limit;
  bool allow_regex = true;
};

/// What a `where` is read against.
struct WhereContext {
  const schema::Schema& schema;
  std::string class_name;
  /// Master, read-only master or maintenance key: internal fields may be asked for, and `limits` do not hold.
  bool is_master = false;
  WhereLimits limits = {};
  /// `enableSanitizedErrorResponse`: some messages say no more than "Permission denied".
  bool sanitize_errors = true;
  /// What "now" means in $relativeTime.
  Milliseconds now = 0;
};

/// Reads the constraints of a find into a tree: checked, `$relativeTime` resolved, `$in` lists flattened one level, a
/// string asked of a Date field made a Date and of a Pointer field a Pointer. null, a number or a boolean is no
/// constraint at all, as in the reference. Several inclusions for one field ($in, $inQuery, $select) are an Or of them.
/// Throws kInvalidQuery (102), kInvalidKeyName (105), kInvalidJson (107) with the reference's messages.
/// Source: parse-server DatabaseController validateQuery, RestQuery replaceInQuery and its kin, MongoTransform
/// transformConstraint; REST guide, "Queries".
Where parse_where(const object::Value& where, const WhereContext& context);

}  // namespace parse::query
