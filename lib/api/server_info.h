#pragma once

#include "api/api_request.h"

namespace parse::api {

/// `GET /serverInfo`: what this server can do, so that a dashboard shows only working screens. Master key only.
/// Source: parse-server FeaturesRouter.
void bind_server_info(Routes& routes);

}  // namespace parse::api
