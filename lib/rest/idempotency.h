#pragma once

#include <chrono>
#include <string>

#include "rest/context.h"

namespace parse::rest {

/// Notes `request_id` for `ttl`. Throws kDuplicateRequest (159) "Duplicate request" when it was noted before and has
/// not expired.. Source: parse-server promiseEnsureIdempotency.
void remember_request(const Context& context, const std::string& request_id, std::chrono::seconds ttl);

/// Deletes expired notes.
void forget_expired_requests(const Context& context);

}  // namespace parse::rest
