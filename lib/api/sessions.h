#pragma once

#include "api/api_request.h"

namespace parse::api {

/// /sessions, /upgradeToRevocableSession.
void bind_sessions(Routes& routes);

}  // namespace parse::api
