#include "api/roles.h"

#include "api/classes.h"

namespace parse::api {

void bind_roles(Routes& routes) { bind_class(routes, "/roles", "_Role"); }

}  // namespace parse::api
