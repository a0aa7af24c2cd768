#include "api/route_allow_list.h"

#include <fmt/format.h>

#include <algorithm>

#include "rest/denial.h"

namespace parse::api {

void check_route_allowed(const RouteAllowList& list, const rest::Context& context, http::Method method,
                         const std::string& path) {
  if (!list || context.principal.bypasses_permissions()) return;
  std::string_view bare = path;
  if (bare.starts_with('/')) bare.remove_prefix(1);
  if (bare.ends_with('/')) bare.remove_suffix(1);
  if (std::any_of(list->begin(), list->end(), [&](const auto& pattern) { return pattern.matches(bare); })) return;
  throw rest::denial(context.settings, ErrorCode::kOperationForbidden,
                     fmt::format("Route not allowed by routeAllowList: {} {}", http::to_string(method), bare));
}

}  // namespace parse::api
