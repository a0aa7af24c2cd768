#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "object/value.h"
#include "query/where.h"

namespace parse::query {

/// A query, for looking at its shape.
struct Asked {
  /// "find", "count" or "distinct".
  std::string_view operation;
  std::string_view class_name;
  const Where& where;
  const std::vector<OrderTerm>& order;
};

/// What a query asks without its values: equal for all that an index serves alike. `{"className":"Score",
/// "operation":"find", "where":{"player":["$eq"], "score":["$gte","$lt"], "$or":[{…},{…}]}, "order":["-createdAt"]}`;
/// `_rperm` and `_wperm` stand for an ACL, `$relatedTo` for a relation. What sub-queries ask is left out.
object::Object shape_of(const Asked& asked);

/// The same as a short text: equal shapes have equal keys.
std::string shape_key(const Asked& asked);

}  // namespace parse::query
