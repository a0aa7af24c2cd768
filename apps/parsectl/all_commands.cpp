#include "apps/parsectl/commands.h"

namespace parse::ctl {

void add_all_commands(Commands& commands) {
  add_health_commands(commands);
  add_index_suggest_command(commands, commands.group("index", "Indexes"));
  add_completion_commands(commands);
}

}  // namespace parse::ctl
