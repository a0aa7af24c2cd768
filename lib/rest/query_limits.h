#pragma once

#include <string>
#include <vector>

#include "query/where_parser.h"
#include "rest/context.h"
#include "schema/permissions.h"

namespace parse::rest {

/// What the where parser needs to know of the caller: the limits hold only for callers without a key.
query::WhereContext where_context(const Context& context, const schema::Schema& schema, const std::string& class_name);

/// Depth and number of include paths. Throws kInvalidQuery (102).
void check_include_limits(const Context& context, const std::vector<std::string>& include);

/// A query for exactly one objectId is a `get` to class-level permissions, everything else a `find`.
schema::Operation operation_of(const query::Where& where);

}  // namespace parse::rest
