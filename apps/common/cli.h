#pragma once

#include <iosfwd>
#include <string>
#include <variant>
#include <vector>

#include "config/load.h"

namespace parse::apps {

/// Exit codes of parse-server, as the manual page documents them.
inline constexpr int kExitSuccess = 0;
inline constexpr int kExitUsage = 1;
inline constexpr int kExitStartFailed = 2;
inline constexpr int kExitInterrupted = 130;

/// What a program was started with.
struct CliInput {
  /// Without the program's name.
  std::vector<std::string> args;
  config::Environment environment;
  std::string version;
};

/// Where a program prints.
struct CliOutput {
  std::ostream& out;
  std::ostream& err;
};

/// Options that are good to start a server with.
struct Start {
  config::Options options;
  std::vector<std::string> warnings;
  std::string version;
};

/// Reads the command line and the configuration. Answers --help, --version, --check, --print-config, `generate` and
/// mistakes itself, with an exit code; otherwise returns what to start.
std::variant<int, Start> run_cli(const CliInput& input, CliOutput output);

}  // namespace parse::apps
