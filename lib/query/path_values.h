#pragma once

#include <string_view>
#include <vector>

#include "object/value.h"

namespace parse::query {

/// Looks up a dotted path: into objects by key, into arrays by index or else into every element that is an object.
/// Empty when nothing is there; null members count as nothing.
/// The pointers are valid as long as `object` is.
std::vector<const object::Value*> values_at(const object::Object& object, std::string_view path);

}  // namespace parse::query
