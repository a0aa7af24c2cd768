#pragma once

#include "api/api_request.h"

namespace parse::api {

/// POST /requestPasswordReset and /verificationEmailRequest.
void bind_email(Routes& routes);

}  // namespace parse::api
