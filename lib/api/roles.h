#pragma once

#include "api/api_request.h"

namespace parse::api {

/// /roles.
void bind_roles(Routes& routes);

}  // namespace parse::api
