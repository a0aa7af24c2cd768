#include "rest/query_limits.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"

namespace parse::rest {
namespace {

std::optional<int> to_depth(const std::optional<std::int64_t>& limit) {
  if (!limit) return std::nullopt;
  return static_cast<int>(*limit);
}

std::int64_t depth_of(const std::string& path) { return 1 + std::count(path.begin(), path.end(), '.'); }

}  // namespace

query::WhereContext where_context(const Context& context, const schema::Schema& schema, const std::string& class_name) {
  const ComplexityLimits& limits = context.settings.limits;
  return {schema,
          class_name,
          context.principal.bypasses_permissions(),
          {to_depth(limits.query_depth), to_depth(limits.subquery_depth), limits.subquery_results, limits.allow_regex},
          context.settings.sanitize_errors,
          context.now};
}

void check_include_limits(const Context& context, const std::vector<std::string>& include) {
  if (context.principal.bypasses_permissions() || include.empty()) return;
  const ComplexityLimits& limits = context.settings.limits;
  std::int64_t deepest = 0;
  for (const std::string& path : include) deepest = std::max(deepest, depth_of(path));
  if (limits.include_depth && deepest > *limits.include_depth) {
    throw Error(ErrorCode::kInvalidQuery,
                fmt::format("Include depth of {} exceeds maximum allowed depth of {}", deepest, *limits.include_depth));
  }
  if (limits.include_count && static_cast<std::int64_t>(include.size()) > *limits.include_count) {
    throw Error(ErrorCode::kInvalidQuery, fmt::format("Number of include fields ({}) exceeds maximum allowed ({})",
                                                      include.size(), *limits.include_count));
  }
}

schema::Operation operation_of(const query::Where& where) {
  if (where.conditions.size() != 1) return schema::Operation::kFind;
  const auto* field = std::get_if<query::FieldCondition>(&where.conditions.front());
  const auto* equal = field && field->path == "objectId" ? std::get_if<query::Equal>(&field->constraint) : nullptr;
  return equal != nullptr && equal->value.is<std::string>() ? schema::Operation::kGet : schema::Operation::kFind;
}

}  // namespace parse::rest
