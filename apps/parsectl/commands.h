#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

#include "apps/parsectl/failure.h"
#include "apps/parsectl/session.h"

/// parsectl: the administration of a Parse Server from shells and CI jobs.
namespace parse::ctl {

/// The tree of commands: groups (`schema`) with verbs (`list`), each with its own flags and what it runs.
class Commands {
 public:
  using Run = std::function<void(Session&)>;

  explicit Commands(CLI::App& root) : root_(root) {}

  /// A group of verbs.
  CLI::App& group(const std::string& name, const std::string& help) {
    CLI::App& made = *root_.add_subcommand(name, help);
    made.require_subcommand(1)->fallthrough();
    return made;
  }
  /// A command below `parent`. `run` ends normally, or throws Failure, client::Refusal, client::Unreachable.
  CLI::App& add(CLI::App& parent, const std::string& name, const std::string& help, Run run) {
    CLI::App& made = *parent.add_subcommand(name, help);
    made.fallthrough()->callback([this, run = std::move(run)] { chosen_ = run; });
    return made;
  }
  CLI::App& root() { return root_; }
  /// What the command line asks for; empty before it was parsed.
  const Run& chosen() const { return chosen_; }

 private:
  CLI::App& root_;
  Run chosen_;
};

// One function for each file of commands/.
void add_backup_commands(Commands& commands);
void add_clp_commands(Commands& commands);
void add_completion_commands(Commands& commands);
void add_config_commands(Commands& commands);
void add_doctor_commands(Commands& commands);
void add_export_commands(Commands& commands);
void add_health_commands(Commands& commands);
void add_hooks_commands(Commands& commands);
void add_import_commands(Commands& commands);
void add_index_commands(Commands& commands);
/// Adds `suggest` to the group `index`.
void add_index_suggest_command(Commands& commands, CLI::App& group);
void add_jobs_commands(Commands& commands);
void add_logs_commands(Commands& commands);
void add_migrate_commands(Commands& commands);
void add_push_commands(Commands& commands);
void add_role_commands(Commands& commands);
void add_schema_commands(Commands& commands);
void add_user_commands(Commands& commands);

/// All of them, in the order of --help.
void add_all_commands(Commands& commands);

}  // namespace parse::ctl
