#pragma once

#include <string_view>

#include "api/credentials.h"
#include "http/message.h"
#include "rest/context.h"

namespace parse::api {

/// Where a session token is read: the endpoint decides what it means.
struct SessionUse {
  http::Method method = http::Method::kGet;
  /// Behind the mount.
  std::string_view path;
};

/// Makes the caller of `context` the user of the session token, with his roles. Nothing happens without a token, for
/// keys that bypass permissions, at /login, which begins anew, and for GET /sessions/me, which looks the session up
/// itself; a token of the time before sessions counts at /upgradeToRevocableSession only.
/// Throws kInvalidSessionToken (209). Source: parse-server middlewares handleParseSession.
void check_session(const Credentials& credentials, const SessionUse& use, rest::Context& context);

}  // namespace parse::api
