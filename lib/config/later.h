#pragma once

#include <vector>

#include "config/load.h"

namespace parse::config {

/// What is set of options whose feature this version does not have. A start refuses them; a look at a configuration can
/// judge them all the same. Mistakes are left to load().
std::vector<Setting> later_settings(const Sources& sources);

}  // namespace parse::config
