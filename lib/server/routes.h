#pragma once

#include "api/api_request.h"

namespace parse::server {

/// Every endpoint of this server, one line each.
api::Routes make_routes();

}  // namespace parse::server
