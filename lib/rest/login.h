#pragma once

#include "object/value.h"
#include "rest/context.h"

namespace parse::rest {

/// Finds the user of `username` or `email` and checks `password`: members of `params`, as in the body or the query
/// string of /login. Returns him as stored. An unknown user takes as long as a wrong password. Errors:
/// kUsernameMissing (200), kPasswordMissing (201), kObjectNotFound (101) for everything wrong, kEmailNotFound (205)
/// when the address must be verified first. Source: parse-server UsersRouter _authenticateUserFromRequest.
object::Object authenticate(const Context& context, const object::Object& params);

/// POST /login: makes a session. `auth_data` is what further providers want (`authData` of the body), or null.
/// Returns the user as he sees himself, `sessionToken`, and `authDataResponse` when authData was sent.
/// Errors: as authenticate; kOtherCause (-1) when a provider such as MFA must be asked; those of the providers.
object::Object log_in(const Context& context, const object::Object& params, const object::Value* auth_data);

/// POST /verifyPassword: as log_in, without a session.
object::Object verify_password(const Context& context, const object::Object& params);

/// POST /loginAs: a session for `user_id` by the master key. Errors: kOperationForbidden (119), kInvalidValue (162)
/// without an id, kObjectNotFound (101).
object::Object log_in_as(const Context& context, const object::Value* user_id);

/// POST /logout: ends the session of the request, if it has one.
void log_out(const Context& context);

/// GET /users/me. Throws kInvalidSessionToken (209).
object::Object current_user(const Context& context);

}  // namespace parse::rest
