#include "apps/parsectl/commands.h"

namespace parse::ctl {

void add_all_commands(Commands& commands) {
  add_schema_commands(commands);
  add_clp_commands(commands);
  add_index_commands(commands);
  add_export_commands(commands);
  add_import_commands(commands);
  add_migrate_commands(commands);
  add_backup_commands(commands);
  add_user_commands(commands);
  add_role_commands(commands);
  add_config_commands(commands);
  add_push_commands(commands);
  add_hooks_commands(commands);
  add_jobs_commands(commands);
  add_logs_commands(commands);
  add_health_commands(commands);
  add_doctor_commands(commands);
  add_completion_commands(commands);
}

}  // namespace parse::ctl
