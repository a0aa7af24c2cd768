#pragma once

#include "api/api_request.h"

namespace parse::api {

/// GET, POST /installations; GET, PUT, DELETE /installations/:id. Source: REST guide, "Installations".
void bind_installations(Routes& routes);

}  // namespace parse::api
