#pragma once

#include <toml++/toml.h>

#include "object/value.h"

namespace parse::config {

/// A node of a parsed document as a value; dates and times become their text.
object::Value to_value(const toml::node& node);

}  // namespace parse::config
