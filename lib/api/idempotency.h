#pragma once

#include "api/api_request.h"

namespace parse::api {

/// Refuses a POST or PUT whose X-Parse-Request-Id was seen before on a path that the settings name: kDuplicateRequest
/// (159) "Duplicate request". Source: REST spec, "Idempotency".
void ensure_first_time(ApiRequest& request);

}  // namespace parse::api
