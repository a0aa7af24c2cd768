#pragma once

#include "api/api_request.h"

namespace parse::api {

/// `/classes/:class` and `/classes/:class/:id`. Source: REST guide, "Objects" and "Queries".
void bind_classes(Routes& routes);

}  // namespace parse::api
