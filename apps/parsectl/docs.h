#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <string>
#include <vector>

/// Documents made from the tree of commands.
namespace parse::ctl {

/// A command of the tree for its documents.
struct DocumentedCommand {
  /// Names from the root, which has none: "schema", "list".
  std::vector<std::string> path;
  const CLI::App* app = nullptr;
};

/// The visible commands, each after the one it belongs to; the root comes first.
std::vector<DocumentedCommand> documented_commands(const CLI::App& root);
/// The visible options of a command itself.
std::vector<const CLI::Option*> documented_options(const CLI::App& app);
/// "--where", "-o": the names of an option, long ones first.
std::vector<std::string> names_of(const CLI::Option& option);
/// False for flags without a value.
bool takes_value(const CLI::Option& option);

/// A manual page, in roff.
struct ManPage {
  /// "parsectl-schema.1"
  std::string file;
  std::string text;
};
/// parsectl(1) and one page for each group of commands.
std::vector<ManPage> man_pages(const CLI::App& root, const std::string& version);

std::string bash_completion(const CLI::App& root);
std::string zsh_completion(const CLI::App& root);
std::string fish_completion(const CLI::App& root);

}  // namespace parse::ctl
