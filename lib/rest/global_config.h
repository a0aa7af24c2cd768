#pragma once

#include "object/value.h"
#include "rest/context.h"

namespace parse::rest {

/// `{"params":{…},"masterKeyOnly":{…}}`, without the parameters that are for the master key only when the caller has
/// none. `masterKeyOnly` is absent while nothing was ever configured. Source: REST guide, "Config".
object::Object read_config(const Context& context);

/// Merges `{"params":{k: value or {"__op":"Delete"}},"masterKeyOnly":{k: bool}}` key by key. Errors: as rest::update.
void update_config(const Context& context, const object::Object& body);

}  // namespace parse::rest
