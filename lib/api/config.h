#pragma once

#include "api/api_request.h"

namespace parse::api {

/// `GET /config` for everybody, `PUT /config` with the master key. Source: REST guide, "Config".
void bind_config(Routes& routes);

}  // namespace parse::api
