#include "api/installations.h"

#include "api/classes.h"

namespace parse::api {

void bind_installations(Routes& routes) { bind_class(routes, "/installations", "_Installation"); }

}  // namespace parse::api
