#pragma once

#include "api/api_request.h"

namespace parse::api {

/// POST /functions/:name calls a function of the Cloud Code with the parameters of body and query string; answers
/// `{"result":…}`, with the status and header fields that the function chose. Errors: kScriptFailed (141) for a
/// function that does not exist or failed, kValidationError (142) from its validator, or the code that it threw.
/// Source: REST guide, "Cloud Functions"; parse-server FunctionsRouter.
void bind_functions(Routes& routes);

}  // namespace parse::api
