#pragma once

#include "object/value.h"

namespace parse::object {

/// Throws kInvalidNestedKey (121) when a key anywhere inside `value` contains "$" or ".".
/// Source: parse-server PostgresStorageAdapter validateKeys.
void check_nested_keys(const Value& value);

}  // namespace parse::object
