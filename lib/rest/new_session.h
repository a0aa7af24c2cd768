#pragma once

#include <optional>
#include <string>

#include "object/value.h"
#include "rest/context.h"

namespace parse::rest {

struct NewSession {
  std::string user_id;
  /// `{"action":"login","authProvider":"password"}`; absent after a change of the password.
  std::optional<object::Object> created_with;
  /// Further fields, `installationId` among them.
  object::Object extra;
};

/// Makes a session for a user; other sessions of his on the same installation end. Returns its fields and objectId.
/// Errors: those of rest::create. Source: parse-server RestWrite createSession.
object::Object create_session(const Context& context, NewSession session);

/// `{"action":…,"authProvider":…}`
object::Object created_with(std::string_view action, std::string_view provider);

/// `{"installationId":…}` of the request, or nothing: what most new sessions have besides.
object::Object installation_of(const Context& context);

/// Ends the other sessions of `session`'s user on its installation.
void end_sessions_of_installation(const Context& context, const object::Object& session);

/// Ends all sessions of a user.
void end_sessions_of_user(const Context& context, const std::string& user_id);

/// Ends the session with that token, if there is one.
void end_session(const Context& context, const std::string& token);

}  // namespace parse::rest
