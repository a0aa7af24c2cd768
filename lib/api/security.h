#pragma once

#include "api/api_request.h"

namespace parse::api {

/// GET /security, for the master key: the report of rest/security_report.h; 409 unless `security.enableCheck` is on.
void bind_security(Routes& routes);

}  // namespace parse::api
