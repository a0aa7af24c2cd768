#pragma once

#include "config/load.h"

namespace parse::config {

/// Checks options against each other and appends to `loaded.errors` and `loaded.warnings`: equal keys, an application
/// id without master key, half a TLS pair, limits that contradict. Source: parse-server Config.validateOptions.
void validate(Loaded& loaded);

/// Checks what the options point to: TLS files are readable, the data folder, when it is needed, can be written (it is
/// created when it is missing). For `--check` and the start; lines as in Loaded::errors.
std::vector<std::string> check_environment(const Options& options);

}  // namespace parse::config
