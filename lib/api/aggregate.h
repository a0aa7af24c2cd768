#pragma once

#include "api/api_request.h"

namespace parse::api {

/// `GET /aggregate/:class`: pipelines and distinct. Master key only. Source: REST guide, "Aggregate".
void bind_aggregate(Routes& routes);

}  // namespace parse::api
