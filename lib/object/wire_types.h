#pragma once

#include <optional>
#include <span>

#include "object/value.h"

namespace parse::object {

/// The typed value that a well-formed `{"__type": …}` map stands for; of equal keys the last one counts. Nothing for a
/// map without `__type`, with one this server does not know, or with missing or mistyped parts: validation judges
/// those.
std::optional<Value> decode_wire_type(std::span<const Member> map);

}  // namespace parse::object
