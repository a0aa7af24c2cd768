#pragma once

#include "object/value.h"

namespace parse::cloud {

/// What a call of a trigger is about, from its request object (Invocation::request), as a plain map that says its
/// `className`: of a change, the stored object with the changes on top, operators as they came.
object::Object subject_of(const object::Object& request);
/// A row without its class, its times as texts.
object::Object plain_row(object::Object row);
/// The object before the change, in the same form; empty when there is none.
object::Object original_of(const object::Object& request);

}  // namespace parse::cloud
