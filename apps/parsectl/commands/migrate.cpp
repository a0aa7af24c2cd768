#include <fmt/format.h>

#include <memory>

#include "apps/parsectl/commands.h"
#include "apps/parsectl/migration.h"

namespace parse::ctl {
namespace {

constexpr const char* kFooter =
    "--from and --to are each a database (sqlite:FILE, postgres://…), a server (http(s)://…), or profile:NAME for "
    "what\n"
    "profiles.toml says. Keys and places need not be on the command line: PARSECTL_FROM, PARSECTL_FROM_APP_ID,\n"
    "PARSECTL_FROM_MASTER_KEY, the same with TO, and PARSECTL_TO_MAINTENANCE_KEY are read.\n"
    "Between databases everything moves: ids, times, permissions, passwords, sessions, relations, indexes. Through a\n"
    "server goes what its API shows, and what does not is said; it must run with allowCustomObjectId to be written "
    "to.\n"
    "Contents of files are not in the database and stay where they are. No server should write to the source "
    "meanwhile.\n"
    "At the end both sides are compared, row by row; --verify-only does nothing else. Cut short, the same command goes "
    "on.\n"
    "Exit codes: 4 refused (the target is the source), 5 the target has objects, or both sides differ, 7 some rows "
    "were\n"
    "rejected.\n"
    "\n"
    "Examples:\n"
    "  parsectl migrate --from sqlite:./data/parse.db --to postgres://parse@db.example.com/parse\n"
    "  parsectl migrate --from profile:old --to profile:new --dry-run\n"
    "  parsectl migrate --from profile:old --to sqlite:./copy.db --verify-only --output json";

void add_end_options(CLI::App& command, EndFlags& flags, const std::string& side) {
  const std::string flag = "--" + side;
  command.add_option(flag, flags.uri, fmt::format("Database, server or profile to migrate {}", side))->type_name("URI");
  command.add_option(flag + "-appId", flags.app_id, "Application id of that server")->type_name("ID");
  command.add_option(flag + "-masterKey", flags.master_key, "Its master key; better in the environment or a profile")
      ->type_name("KEY");
}

}  // namespace

void add_migrate_commands(Commands& commands) {
  const auto flags = std::make_shared<MigrateFlags>();
  CLI::App& command =
      commands.add(commands.root(), "migrate", "Move schema, indexes and data from one database or server to another",
                   [flags](Session& session) { run_migration(session, *flags); });
  add_end_options(command, flags->from, "from");
  add_end_options(command, flags->to, "to");
  command
      .add_option("--to-maintenanceKey", flags->maintenance_key,
                  "Lets the server keep times and password hashes; better in PARSECTL_TO_MAINTENANCE_KEY")
      ->type_name("KEY");
  command.add_option("--classes", flags->classes, "Only these classes and their relations")
      ->delimiter(',')
      ->type_name("A,B");
  command
      .add_option("--on-conflict", flags->on_conflict,
                  "Migrate into a target with objects: skip those that exist, or replace them")
      ->check(CLI::IsMember({"skip", "replace"}))
      ->type_name("RULE");
  command.add_flag("--verify-only", flags->only_verifies, "Compare both sides, and change nothing");
  command.add_option("--rejects", flags->rejects, "File for rows that cannot be stored [migrate-….rejects]")
      ->type_name("FILE");
  command.add_option("--state", flags->state, "File that remembers how far the migration is [migrate-….state]")
      ->type_name("FILE");
  command.add_flag("--restart", flags->restarts, "Begin anew instead of going on where one was cut short");
  command.footer(kFooter);
}

}  // namespace parse::ctl
