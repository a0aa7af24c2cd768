#pragma once

#include <string>
#include <vector>

#include "config/setting.h"

namespace parse::apps {

/// What the command line says. The only user of CLI11.
struct CommandLine {
  /// One for each option flag; unknown ones too, for config::load to name.
  std::vector<config::Given> flags;
  /// The positional configuration file; empty when there is none.
  std::string file;
  bool help = false;
  bool version = false;
  bool check = false;
  bool print_config = false;
  /// Usage mistakes, one line each that begins with the option's name in single quotes.
  std::vector<std::string> errors;
};

/// Reads flags made from the option table: `--name value`, `--name=value`, and for booleans `--name` alone.
/// `args` does not contain the program's name.
CommandLine read_command_line(const std::vector<std::string>& args);

/// The text of `--help`: usage, the options that can be used, by section, and examples.
std::string help_text();

/// "<number>", "<list>" … as help and man page show an option's value; empty for booleans.
std::string value_name(const config::OptionSpec& spec);

}  // namespace parse::apps
