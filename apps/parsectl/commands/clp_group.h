#pragma once

#include <string>
#include <vector>

#include "apps/parsectl/commands.h"

namespace parse::ctl {

/// Operations as the command line names them: "find", or "read" (find, get, count), "write" (create, update, delete),
/// "all". Throws Failure kUsage for another name.
std::vector<std::string> operations_named(const std::string& name);

/// Adds `check` to the group `clp`.
void add_clp_check_command(Commands& commands, CLI::App& group);

}  // namespace parse::ctl
