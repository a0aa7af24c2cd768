#pragma once

#include "object/value.h"

namespace parse::object {

/// Turns a well-formed `{"__type": …}` map into the typed value it stands for. A map without `__type`, with one this
/// server does not know, or with missing or mistyped parts comes back unchanged, for validation to judge.
Value decode_wire_type(Object map);

}  // namespace parse::object
