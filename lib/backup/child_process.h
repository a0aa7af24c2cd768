#pragma once

#include <string>
#include <utility>
#include <vector>

#include "backup/between.h"

namespace parse::backup {

/// A program to run: its name and arguments, and variables on top of this process's environment.
struct ChildCommand {
  std::vector<std::string> arguments;
  std::vector<std::pair<std::string, std::string>> environment;
};

struct ChildResult {
  /// The system has no such program.
  bool is_missing = false;
  bool has_succeeded = false;
  /// What it said on standard error; the end of it when that is much.
  std::string complaints;
};

/// Runs a program to its end, without input, and drops its output. `between` is called every now and then with 0; when
/// it throws, the program is ended before the exception goes on.
ChildResult run_child(const ChildCommand& command, const Between& between);

}  // namespace parse::backup
