#pragma once

#include <string>

#include "logging/log_file.h"

/// What the log's configuration tells its own folder.
namespace parse::logging {

/// The folder of the log files; empty without one.
std::string log_folder();
/// The time by the configured clock.
Time now();

}  // namespace parse::logging
