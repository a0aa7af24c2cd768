#pragma once

#include <string>

#include "config/load.h"

namespace parse::config {

/// The configuration in force as TOML that loads again: what was set, with its origin as a comment, and the defaults of
/// the rest commented out. Keys are shown as "********".
std::string to_toml(const Loaded& loaded);

/// A commented example: every option that can be used, with its help and default, all commented out.
std::string example_toml();

}  // namespace parse::config
