#pragma once

#include "object/value.h"
#include "rest/context.h"

namespace parse::rest {

/// POST /challenge: what login providers want to be proven before a login, for the user of `username` or `email` and
/// `password`, or of one account in `authData`. Returns `{"challengeData":{provider: its answer, or true}}`.
/// Errors: kOtherCause (-1) for a malformed body, kObjectNotFound (101) for an unknown user or wrong authData, those of
/// the providers. Source: parse-server UsersRouter handleChallenge.
object::Object challenge(const Context& context, const object::Object& body);

}  // namespace parse::rest
