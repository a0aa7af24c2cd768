#pragma once

#include <cstdint>
#include <functional>

namespace parse::backup {

/// Called every now and then with the bytes done so far; what it throws ends the work where nothing is lost.
using Between = std::function<void(std::uint64_t done)>;

}  // namespace parse::backup
