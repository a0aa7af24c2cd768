#pragma once

#include "apps/parsectl/commands.h"

namespace parse::ctl {

// Each adds some commands to the group `backup`; one function for each file.
void add_backup_create_command(Commands& commands, CLI::App& group);
void add_backup_list_commands(Commands& commands, CLI::App& group);
void add_backup_restore_command(Commands& commands, CLI::App& group);
void add_backup_prune_commands(Commands& commands, CLI::App& group);

/// Adds the argument FOLDER.
inline void add_folder(CLI::App& command, std::string& folder) {
  command.add_option("folder", folder, "Folder of the backups")->required()->type_name("FOLDER");
}

}  // namespace parse::ctl
