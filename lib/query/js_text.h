#pragma once

#include <optional>
#include <string>

#include "object/value.h"

namespace parse::query {

/// JavaScript's String(value): what the reference makes of a parameter of the wrong type.
std::string js_string(const object::Value& value);
/// JavaScript's Number(value); nullopt for NaN.
std::optional<double> js_number(const object::Value& value);

}  // namespace parse::query
