#include "apps/common/cli.h"

#include <ostream>

#include "apps/common/cli_docs.h"
#include "apps/common/option_flags.h"
#include "config/print.h"
#include "config/validate.h"

namespace parse::apps {
namespace {

void print_lines(std::ostream& out, const std::vector<std::string>& lines) {
  for (const std::string& line : lines) out << line << '\n';
}

config::Loaded load_all(CommandLine line, const CliInput& input) {
  config::Loaded loaded = config::load({std::move(line.flags), input.environment, line.file});
  loaded.errors.insert(loaded.errors.begin(), line.errors.begin(), line.errors.end());
  // Folders and files are only looked at when the options themselves make sense.
  if (loaded.errors.empty() && !line.print_config) loaded.errors = config::check_environment(loaded.options);
  return loaded;
}

}  // namespace

std::variant<int, Start> run_cli(const CliInput& input, CliOutput output) {
  if (!input.args.empty() && input.args.front() == "generate") return generate_docs(input, output);
  CommandLine line = read_command_line(input.args);
  if (line.help) {
    output.out << help_text();
    return kExitSuccess;
  }
  if (line.version) {
    output.out << "parse-server " << input.version << '\n';
    return kExitSuccess;
  }
  const bool check = line.check;
  const bool print_config = line.print_config;
  config::Loaded loaded = load_all(std::move(line), input);
  if (!loaded.errors.empty()) {
    print_lines(output.err, loaded.errors);
    return kExitUsage;
  }
  if (check) {
    print_lines(output.err, loaded.warnings);
    output.out << "configuration is valid\n";
    return kExitSuccess;
  }
  if (print_config) {
    output.out << to_toml(loaded);
    return kExitSuccess;
  }
  return Start{std::move(loaded.options), std::move(loaded.warnings), input.version};
}

}  // namespace parse::apps
