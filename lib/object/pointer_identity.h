#pragma once

#include <optional>

#include "object/value.h"

namespace parse::object {

/// The pointer that a value is, or that an included object (`__type: "Object"`) stands for.
std::optional<Pointer> pointer_identity(const Value& value);

}  // namespace parse::object
