#pragma once

#include <string_view>

#include "object/value.h"
#include "rest/write_rules.h"

namespace parse::rest {

/// `{"object","original"?,"createdWith"?}`: what functions for options are asked about a user who is being written, as
/// far as the write has come. `provider`: names of the login providers of a signup; empty: a password.
object::Object verification_request(const Draft& draft, std::string_view provider);
/// Likewise once he is stored.
object::Object verification_request(const Draft& draft, std::string_view provider, const object::Object& stored);

/// Whether the address that is being set has to be verified. Throws what the option's function threw.
bool asks_for_verification(const Context& context, object::Object request);
/// Whether the user of `request` may log in only with a verified address. Throws what the options' functions threw.
bool needs_verified_email(const Context& context, const object::Object& request);

}  // namespace parse::rest
