#pragma once

#include "api/api_request.h"

namespace parse::api {

/// /hooks/functions and /hooks/triggers, for the master key: GET lists them, GET with a name reads one, POST registers
/// `{"functionName","url"}` or `{"className","triggerName","url"}`, PUT with a name takes `{"url"}` or
/// `{"__op":"Delete"}`. What is registered is called from then on. Errors: kHookError (143), see
/// rest/stored_webhooks.h; kObjectNotFound (101) for a deletion of nothing; kOperationForbidden (119) for the
/// read-only master key. Source: parse-server HooksRouter; REST guide, "Hooks".
void bind_hooks(Routes& routes);

}  // namespace parse::api
