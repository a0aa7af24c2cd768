#pragma once

#include <string>
#include <vector>

#include "object/value.h"
#include "query/find_options.h"
#include "rest/context.h"

namespace parse::rest {

/// Replaces the pointers at each path of `include` (parents before children) by the objects they point to, in one query
/// for each path and class, with the caller's rights. A pointer whose object is missing or unreadable is dropped, from
/// its object or its array. Source: REST guide, "Relational Queries"; parse-server RestQuery includePath.
void expand_includes(const Context& context, const query::FindParams& params, const std::vector<std::string>& include,
                     object::Array& rows);

}  // namespace parse::rest
