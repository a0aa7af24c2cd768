#pragma once

#include "api/api_request.h"

namespace parse::api {

/// `DELETE /purge/:class`: deletes every object of a class and keeps the class; `{}` also when there is none. Master
/// key only, not its read-only form. Classes that the server keeps for itself are left alone. Source: parse-server
/// PurgeRouter.
void bind_purge(Routes& routes);

}  // namespace parse::api
