#pragma once

#include "api/api_request.h"

namespace parse::api {

/// `POST /batch`: `{"requests":[{"method","path","body"}],"transaction"?:bool}` → `[{"success":…}|{"error":{…}}]` in
/// the same order. Parts share the caller of the outer request. Without `transaction` each stands alone; with it all
/// hold or none. Errors: kInvalidJson (107) for a bad list, a path outside the mount, a nested batch, or too many
/// requests. Source: REST guide, "Batch Operations"; parse-server batch.js.
void bind_batch(Routes& routes);

}  // namespace parse::api
