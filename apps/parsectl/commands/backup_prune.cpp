#include <fmt/format.h>

#include <memory>

#include "apps/parsectl/backup_place.h"
#include "apps/parsectl/commands/backup_group.h"
#include "apps/parsectl/time_input.h"
#include "backup/retention.h"
#include "backup/sweep.h"

namespace parse::ctl {
namespace {

using object::Array;
using object::Object;

constexpr const char* kPruneFooter =
    "A backup stays when one of the rules keeps it; each database is counted for itself. Days, weeks and months are "
    "those\n"
    "of UTC, and the newest backup of each stays. The room is free after 'parsectl backup gc'.\n"
    "\n"
    "Examples:\n"
    "  parsectl backup prune /backup/parse --keep-daily 7 --keep-weekly 4 --keep-monthly 12 --dry-run\n"
    "  parsectl backup prune /backup/parse --keep-within 30d --yes && parsectl backup gc /backup/parse";

constexpr const char* kGcFooter =
    "Removes what no backup needs: parts of pruned backups, and what interrupted ones left. It does not start while\n"
    "another command works on the folder; one that starts meanwhile waits.\n"
    "\n"
    "Example:\n"
    "  parsectl backup gc /backup/parse";

struct PruneFlags {
  std::string folder;
  backup::RetentionRules rules;
  std::string within;
};

void prune(Session& session, const PruneFlags& flags) {
  backup::RetentionRules rules = flags.rules;
  if (!flags.within.empty()) rules.within = std::chrono::milliseconds(read_span("--keep-within", flags.within)).count();
  if (rules.is_empty())
    throw Failure(ExitCode::kUsage, "nothing says which backups to keep",
                  "add --keep-last N, --keep-daily N, --keep-weekly N, --keep-monthly N or --keep-within 30d");
  const backup::Repository repository = open_backups(flags.folder);
  BackupRun run(session);
  const auto lock = run.lock_shared(repository);
  const auto contents = repository.contents();
  const auto kept = backup::kept(contents.snapshots, rules);
  std::vector<backup::Snapshot> useless = contents.snapshots;
  std::erase_if(useless, [&](const backup::Snapshot& snapshot) { return kept.contains(snapshot.id); });
  if (!useless.empty())
    run.confirm(fmt::format("This removes {} of {} backups, the newest of them {}.", useless.size(),
                            contents.snapshots.size(), useless.back().id));
  Array ids;
  for (const backup::Snapshot& snapshot : useless) {
    if (run.is_stopped())
      throw Failure(ExitCode::kInterrupted, fmt::format("interrupted; {} backups were removed", ids.size()));
    if (session.is_dry_run())
      session.output().remark(fmt::format("would remove {}", snapshot.id));
    else
      repository.remove(snapshot.id);
    ids.emplace_back(snapshot.id);
  }
  const std::string sentence = fmt::format("{} backups {}, {} stay", ids.size(),
                                           session.is_dry_run() ? "would be removed" : "removed", kept.size());
  session.output().done(sentence,
                        Object{{"removed", std::move(ids)}, {"kept", static_cast<std::int64_t>(kept.size())}});
}

void collect(Session& session, const std::string& folder) {
  const backup::Repository repository = open_backups(folder);
  BackupRun run(session);
  const auto lock = repository.try_lock(backup::Repository::Use::kSweep);
  if (!lock)
    throw Failure(ExitCode::kConflict, fmt::format("another command works on {}", folder), "try again once it is done");
  const auto contents = repository.contents();
  if (!contents.faults.empty())
    throw Failure(ExitCode::kFailed,
                  fmt::format("{}; nothing was removed, for nobody knows what it needs", contents.faults.front().text),
                  "put that file back, or remove it");
  const backup::Swept swept = backup::sweep(repository, contents.snapshots, session.is_dry_run(),
                                            run.between("backup gc", "the rest is left for the next gc"));
  run.clear();
  session.output().done(
      fmt::format("{} files {}, {}", swept.files, session.is_dry_run() ? "would be removed" : "removed",
                  bytes_text(swept.bytes)),
      Object{{"files", static_cast<std::int64_t>(swept.files)}, {"bytes", static_cast<std::int64_t>(swept.bytes)}});
}

void add_rule(CLI::App& command, const std::string& name, std::size_t& place, const std::string& help) {
  command.add_option(name, place, help)
      ->type_name("N")
      ->check(CLI::Validator(CLI::Range(std::size_t{1}, std::size_t{1000000})).description(""));
}

}  // namespace

void add_backup_prune_commands(Commands& commands, CLI::App& group) {
  const auto flags = std::make_shared<PruneFlags>();
  CLI::App& command = commands.add(group, "prune", "Remove backups that no rule keeps",
                                   [flags](Session& session) { prune(session, *flags); });
  add_folder(command, flags->folder);
  add_rule(command, "--keep-last", flags->rules.last, "The newest N");
  add_rule(command, "--keep-daily", flags->rules.daily, "One of each of the last N days that have any");
  add_rule(command, "--keep-weekly", flags->rules.weekly, "One of each of the last N weeks that have any");
  add_rule(command, "--keep-monthly", flags->rules.monthly, "One of each of the last N months that have any");
  command.add_option("--keep-within", flags->within, "All that are no older than the newest one by this, such as 30d")
      ->type_name("SPAN");
  command.footer(kPruneFooter);

  const auto folder = std::make_shared<std::string>();
  CLI::App& gc = commands.add(group, "gc", "Free the room that no backup needs",
                              [folder](Session& session) { collect(session, *folder); });
  add_folder(gc, *folder);
  gc.footer(kGcFooter);
}

}  // namespace parse::ctl
