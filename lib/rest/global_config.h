#pragma once

#include "object/value.h"
#include "rest/context.h"

namespace parse::rest {

/// `{"params":{…},"masterKeyOnly":{…}}`, without the parameters that are for the master key only when the caller has
/// none. `masterKeyOnly` is absent while nothing was ever configured. Source: REST guide, "Config".
object::Object read_config(const Context& context);

/// Merges `{"params":{k: value or {"__op":"Delete"}},"masterKeyOnly":{k: bool}}` key by key, between the triggers
/// beforeSave and afterSave of Parse.Config (class `@Config`): the first sees `params` as they came, both the
/// parameters from before when there are some, the second those that are stored now. What they change or return means
/// nothing; what they throw fails the call, of afterSave after the change. Errors: as rest::update, and those of the
/// triggers. Source: parse-server GlobalConfigRouter updateGlobalConfig, triggers.js maybeRunGlobalConfigTrigger.
void update_config(const Context& context, const object::Object& body);

}  // namespace parse::rest
