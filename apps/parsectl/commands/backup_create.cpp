#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <memory>

#include "apps/parsectl/backup_place.h"
#include "apps/parsectl/commands/backup_group.h"
#include "backup/sqlite_backup.h"

namespace parse::ctl {
namespace {

namespace fs = std::filesystem;
using object::Object;

constexpr const char* kFooter =
    "The server may run meanwhile, and no write waits. The folder is made when it does not exist. Only parts of the\n"
    "database that the folder does not have yet are written into it; the backups of several databases may share one.\n"
    "Of a PostgreSQL database pg_dump writes the backup, which is a whole dump each time.\n"
    "A backup counts once all of it is on the disk; one that is cut short leaves nothing but what the next one uses.\n"
    "\n"
    "Examples:\n"
    "  parsectl --database sqlite:./data/parse.db backup create /backup/parse\n"
    "  parsectl --database postgres://parse@db/parse backup create /backup/parse";

/// The folder that the backup goes to, made when missing. `is_dry`: nothing is made.
backup::Repository folder_for(const std::string& folder, bool is_dry) {
  if (backup::Repository::is_one(folder)) return backup::Repository(folder);
  if (fs::exists(folder) && !fs::is_directory(folder))
    throw Failure(ExitCode::kRefused, fmt::format("{} is no folder", folder), "name a new folder");
  if (fs::exists(folder) && !fs::is_empty(folder))
    throw Failure(ExitCode::kRefused, fmt::format("{} holds files that are no backups", folder), "name a new folder");
  if (!is_dry) backup::Repository::make(folder);
  return backup::Repository(folder);
}

std::unique_ptr<storage::sqlite::DatabaseImage> open_image(const std::string& path) {
  if (!fs::exists(path)) throw client::Unreachable(fmt::format("there is no database {}", path));
  try {
    return std::make_unique<storage::sqlite::DatabaseImage>(path);
  } catch (const Error& error) {
    throw client::Unreachable(
        fmt::format("cannot read {}: {}", path, error.cause().empty() ? error.message() : error.cause()));
  }
}

class CreateRun {
 public:
  CreateRun(Session& session, const std::string& folder) : session_(session), folder_(folder), run_(session) {}

  void run() {
    const BackupDatabase database = backup_database(session_);
    if (database.kind == backup::Kind::kPostgres)
      dump(database.place);
    else
      back_up(database.place);
  }

 private:
  static constexpr const char* kKept = "no backup was made; what was stored serves the next one";

  void back_up(const std::string& path) {
    open_image(path);  // a database that is none must leave no folder behind
    const bool is_dry = session_.is_dry_run();
    const backup::Repository repository = folder_for(folder_, is_dry);
    std::optional<backup::Repository::Lock> lock;
    if (!is_dry) lock.emplace(run_.lock_shared(repository));
    const auto image = open_image(path);
    const backup::Made made =
        backup::back_up(repository, *image, path, is_dry ? backup::DryRun::kYes : backup::DryRun::kNo,
                        run_.between("backup create", kKept));
    report(made);
  }

  void report(const backup::Made& made) {
    run_.clear();
    Object result = describe(made.snapshot);
    result.set("newChunks", static_cast<std::int64_t>(made.new_chunks));
    result.set("writtenBytes", static_cast<std::int64_t>(made.written_bytes));
    result.set("seconds", seconds());
    const std::string cost = fmt::format("{} for a database of {}, {:.1f} s", bytes_text(made.written_bytes),
                                         bytes_text(made.snapshot.size), seconds());
    if (session_.is_dry_run())
      session_.output().done(fmt::format("A backup would write {}", cost), result);
    else
      session_.output().done(fmt::format("Backup {} made; it wrote {}", made.snapshot.id, cost), result);
  }

  void dump(const std::string& uri) {
    const backup::PostgresDatabase database = postgres_database(uri);
    if (session_.is_dry_run())
      return session_.output().done(fmt::format("pg_dump would write a whole dump of {}", database.name()),
                                    Object{{"source", database.name()}, {"kind", "pg_dump"}});
    const backup::Repository repository = folder_for(folder_, false);
    const auto lock = run_.lock_shared(repository);
    session_.output().remark(fmt::format("pg_dump makes the backup of {}.", database.name()));
    with_tools([&] {
      const backup::Snapshot made = backup::dump(repository, database, run_.between("pg_dump", "no backup was made"));
      run_.clear();
      Object result = describe(made);
      result.set("seconds", seconds());
      session_.output().done(
          fmt::format("Backup {} made; pg_dump wrote {} in {:.1f} s", made.id, bytes_text(made.size), seconds()),
          result);
    });
  }

  double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count(); }

  Session& session_;
  const std::string& folder_;
  BackupRun run_;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

}  // namespace

void add_backup_create_command(Commands& commands, CLI::App& group) {
  const auto folder = std::make_shared<std::string>();
  CLI::App& create = commands.add(group, "create", "Back up the database while the server runs",
                                  [folder](Session& session) { CreateRun(session, *folder).run(); });
  add_folder(create, *folder);
  create.footer(kFooter);
}

void add_backup_commands(Commands& commands) {
  CLI::App& group = commands.group("backup", "Back up the database into a folder, and bring it back");
  add_backup_create_command(commands, group);
  add_backup_list_commands(commands, group);
  add_backup_restore_command(commands, group);
  add_backup_prune_commands(commands, group);
}

}  // namespace parse::ctl
