#include "apps/parsectl/docs.h"

namespace parse::ctl {
namespace {

/// Commands for the project itself have an empty group.
bool is_visible(const CLI::App& app) { return !app.get_group().empty(); }

void append_commands(const CLI::App& app, const std::vector<std::string>& path, std::vector<DocumentedCommand>& out) {
  out.push_back({path, &app});
  for (const CLI::App* below : app.get_subcommands([](const CLI::App* each) { return is_visible(*each); })) {
    std::vector<std::string> longer = path;
    longer.push_back(below->get_name());
    append_commands(*below, longer, out);
  }
}

}  // namespace

std::vector<DocumentedCommand> documented_commands(const CLI::App& root) {
  std::vector<DocumentedCommand> commands;
  append_commands(root, {}, commands);
  return commands;
}

std::vector<const CLI::Option*> documented_options(const CLI::App& app) {
  return app.get_options([](const CLI::Option* option) { return !option->get_group().empty(); });
}

std::vector<std::string> names_of(const CLI::Option& option) {
  std::vector<std::string> names;
  for (const std::string& name : option.get_lnames()) names.push_back("--" + name);
  for (const std::string& name : option.get_snames()) names.push_back("-" + name);
  return names;
}

bool takes_value(const CLI::Option& option) { return option.get_items_expected_max() != 0; }

}  // namespace parse::ctl
