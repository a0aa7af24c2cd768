#pragma once

#include "config/load.h"

namespace parse::config {

/// Checks options against each other and appends to `loaded.errors` and `loaded.warnings`: equal keys, an application
/// id without master key, half a TLS pair, limits that contradict. Source: parse-server Config.validateOptions.
void validate(Loaded& loaded);

/// Checks what the options point to, without changing anything: TLS files are readable, the data folder, when it is
/// needed, can be written or created. Lines as in Loaded::errors.
std::vector<std::string> check_environment(const Options& options);

/// Creates the data folder when it is needed and missing. Throws kInvalidValue (162) with a line as in Loaded::errors.
void create_data_folder(const Options& options);

}  // namespace parse::config
