#pragma once

#include "apps/common/cli.h"

namespace parse::ctl {

/// Runs parsectl; returns its exit code. Never throws.
int run_program(const apps::CliInput& input, apps::CliOutput output);

}  // namespace parse::ctl
