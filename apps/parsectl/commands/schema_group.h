#pragma once

#include "apps/parsectl/commands.h"

namespace parse::ctl {

// Each adds some commands to the group `schema`; one function for each file.
void add_schema_edit_commands(Commands& commands, CLI::App& group);
void add_schema_file_commands(Commands& commands, CLI::App& group);
void add_rename_field_command(Commands& commands, CLI::App& group);
void add_schema_apply_command(Commands& commands, CLI::App& group);

}  // namespace parse::ctl
