#pragma once

#include <string>

#include "object/value.h"
#include "rest/context.h"

/// The hooks of logging in and out. Each does nothing when the app has none, and throws what its hook threw.
/// Source: parse-server UsersRouter, RestWrite runBeforeLoginTrigger.
namespace parse::rest {

/// beforeLogin: `user` is as stored; he gets no session when it throws.
void call_before_login(const Context& context, const object::Object& user);
/// afterLogin: the session exists already, also when it throws. `answer` is what the client will be told.
void call_after_login(const Context& context, const object::Object& answer);
/// afterLogout: the session is gone.
void call_after_logout(const Context& context, const object::Object& session);
/// beforePasswordResetRequest: `user` is as stored, and exists.
void call_before_password_reset(const Context& context, const object::Object& user);

}  // namespace parse::rest
