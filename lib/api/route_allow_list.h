#pragma once

#include <optional>
#include <string>
#include <vector>

#include "http/message.h"
#include "query/regex.h"
#include "rest/context.h"

namespace parse::api {

/// Patterns of the paths that need no master key, each for a whole path behind the mount without its first and last
/// slash. Absent: every path. Source: option `routeAllowList`.
using RouteAllowList = std::optional<std::vector<query::CompiledRegex>>;

/// Refuses a call, or a part of a batch, to a path that is not on the list; the master keys and the maintenance key
/// pass. `path` is spelled as by Routes::known_path, so that no other spelling slips through. Throws
/// kOperationForbidden (119). Source: parse-server middlewares enforceRouteAllowList.
void check_route_allowed(const RouteAllowList& list, const rest::Context& context, http::Method method,
                         const std::string& path);

}  // namespace parse::api
