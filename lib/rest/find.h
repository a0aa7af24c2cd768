#pragma once

#include <string>

#include "object/value_sink.h"
#include "rest/context.h"
#include "rest/object_id.h"

namespace parse::rest {

/// Runs a query and plays `{"results":[…],"count"?:n}` into `sink`. `params` are those of GET /classes/C.
/// Errors: 101, 102, 105, 107, 119 as documented. After an error the sink holds half an answer: throw it away.
/// Source: REST guide, "Queries"; parse-server RestQuery.
void find(const Context& context, const std::string& class_name, const object::Object& params, object::ValueSink& sink);

/// Plays one object into `sink`. Throws kObjectNotFound (101) when it does not exist or the caller may not read it.
void get(const Context& context, const ObjectId& object, const object::Object& params, object::ValueSink& sink);

}  // namespace parse::rest
