#pragma once

#include "api/api_request.h"

namespace parse::api {

/// `GET /scriptlog?size&n&from&until&order&level`: entries of the log files, newest first. Master key only.
/// Source: parse-server LogsRouter.
void bind_logs(Routes& routes);

}  // namespace parse::api
