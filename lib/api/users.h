#pragma once

#include "api/api_request.h"

namespace parse::api {

/// /users, /login, /loginAs, /logout, /verifyPassword, /challenge.
void bind_users(Routes& routes);

}  // namespace parse::api
