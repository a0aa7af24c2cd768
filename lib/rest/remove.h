#pragma once

#include "rest/context.h"
#include "rest/object_id.h"

namespace parse::rest {

/// Deletes one object. Deleting from a class that does not exist succeeds, as in the reference. Throws kObjectNotFound
/// (101) when the object does not exist or the caller may not write it. Source: REST guide, "Deleting Objects".
void remove(const Context& context, const ObjectId& object);

}  // namespace parse::rest
