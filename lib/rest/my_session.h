#pragma once

#include <optional>
#include <string>

#include "object/value.h"
#include "rest/context.h"

namespace parse::rest {

/// The session with that token, as stored; nullopt when there is none with a user.
std::optional<object::Object> find_session(const Context& context, const std::string& token);

/// GET /sessions/me: the session of the request as its user sees it. Throws kInvalidSessionToken (209).
object::Object current_session(const Context& context);

/// POST /upgradeToRevocableSession: a session for the caller, whose token from before sessions were objects ends.
/// Throws kObjectNotFound (101) without a user. Source: parse-server SessionsRouter handleUpdateToRevocableSession.
object::Object upgrade_to_revocable_session(const Context& context);

}  // namespace parse::rest
