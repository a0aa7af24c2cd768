#pragma once

#include "object/value_sink.h"
#include "rest/access.h"
#include "rest/context.h"

namespace parse::rest {

/// The objects of an authorised read, without what the caller may not see. Errors: those of storage.
object::Array read_objects(const Context& context, const FindPlan& plan);

/// As read_objects, played into `sink` one by one; straight from storage when nothing depends on single objects.
/// Returns how many.
std::size_t play_objects(const Context& context, const FindPlan& plan, object::ValueSink& sink);

}  // namespace parse::rest
