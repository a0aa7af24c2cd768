#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <set>

#include "apps/parsectl/backup_place.h"
#include "apps/parsectl/commands/backup_group.h"
#include "apps/parsectl/time_input.h"
#include "backup/sqlite_backup.h"
#include "backup/verify.h"
#include "storage/sqlite/database_file.h"
#include "storage/sqlite/lock_file.h"

namespace parse::ctl {
namespace {

namespace fs = std::filesystem;
using object::Object;

constexpr const char* kFooter =
    "Without an id the newest backup is taken; with --at the newest one that is not later than the moment. It goes to "
    "the\n"
    "database that --database names, on which no server may run. A database that is there already is replaced only "
    "with\n"
    "consent, and only once the restored one is whole and SQLite found it good.\n"
    "A dump is brought back by pg_restore, in one transaction; tables that were made since the backup stay.\n"
    "\n"
    "Examples:\n"
    "  parsectl --database sqlite:./restored.db backup restore /backup/parse\n"
    "  parsectl --database sqlite:./data/parse.db backup restore /backup/parse --at 2026-01-31T12:00:00Z --yes\n"
    "  parsectl --database postgres://parse@db/parse backup restore /backup/parse --at 2h";

struct RestoreFlags {
  std::string folder;
  std::string id;
  std::string at;
  std::string source;
};

/// Which backups are meant, from the newest on back; the first one is restored.
class Choice {
 public:
  Choice(const RestoreFlags& flags, backup::Kind kind) : flags_(flags), kind_(kind) {
    if (!flags.at.empty() && !flags.id.empty()) throw Failure(ExitCode::kUsage, "an id and --at exclude each other");
    if (!flags.source.empty()) source_ = source_named(flags.source);
    if (!flags.at.empty()) at_ = read_past("--at", flags.at, now_in_milliseconds());
  }

  const backup::Snapshot& from(const backup::Repository::Contents& contents) const {
    const backup::Snapshot* chosen = nullptr;
    std::set<std::string> sources;
    for (const backup::Snapshot& snapshot : contents.snapshots) {
      if (!is_meant(snapshot)) continue;
      chosen = &snapshot;
      sources.insert(snapshot.source);
    }
    if (chosen == nullptr) throw_none(contents);
    if (sources.size() > 1)
      throw Failure(ExitCode::kUsage,
                    fmt::format("the backups are those of several databases: {}", fmt::join(sources, ", ")),
                    "add --source DATABASE, or give the id of a backup");
    return *chosen;
  }

 private:
  bool is_meant(const backup::Snapshot& snapshot) const {
    if (!flags_.id.empty()) return snapshot.id == flags_.id;
    return snapshot.kind == kind_ && (!at_ || snapshot.time <= *at_) && (!source_ || snapshot.source == *source_);
  }

  [[noreturn]] void throw_none(const backup::Repository::Contents& contents) const {
    for (const backup::Fault& fault : contents.faults) {
      if (fault.id == flags_.id) throw Failure(ExitCode::kFailed, fault.text);
    }
    std::string what = !flags_.id.empty() ? fmt::format("there is no backup {}", flags_.id) : "there is no backup";
    if (flags_.id.empty()) what += kind_ == backup::Kind::kSqlite ? " of an SQLite database" : " by pg_dump";
    if (source_) what += " named " + *source_;
    if (at_) what += fmt::format(" from {} or before", to_iso_date(*at_));
    throw Failure(ExitCode::kNotFound, fmt::format("{} in {}", what, flags_.folder),
                  fmt::format("'parsectl backup list {}' lists them", flags_.folder));
  }

  const RestoreFlags& flags_;
  backup::Kind kind_;
  std::optional<std::string> source_;
  std::optional<Milliseconds> at_;
};

/// A database that takes its name once it is whole; what was written of it goes away otherwise.
class PartDatabase {
 public:
  explicit PartDatabase(const std::string& path) : path_(path), part_(path + ".restoring") { remove(); }
  ~PartDatabase() { remove(); }
  PartDatabase(const PartDatabase&) = delete;
  PartDatabase& operator=(const PartDatabase&) = delete;

  const std::string& path() const { return part_; }
  void commit() const { storage::sqlite::replace_database(path_, part_); }

 private:
  void remove() const {
    for (const char* ending : {"", "-wal", "-shm"}) ::unlink((part_ + ending).c_str());
  }

  std::string path_;
  std::string part_;
};

class RestoreRun {
 public:
  RestoreRun(Session& session, const RestoreFlags& flags)
      : session_(session), flags_(flags), database_(backup_database(session)), run_(session) {}

  void run() {
    const Choice choice(flags_, database_.kind);
    const backup::Repository repository = open_backups(flags_.folder);
    const auto lock = run_.lock_shared(repository);
    const auto contents = repository.contents();
    const backup::Snapshot& chosen = choice.from(contents);
    if (chosen.kind != database_.kind)
      throw Failure(ExitCode::kUsage, fmt::format("the backup {} is one of {}", chosen.id, chosen.source),
                    chosen.kind == backup::Kind::kSqlite ? "restore it with --database sqlite:FILE"
                                                         : "restore it with --database postgres://HOST/NAME");
    if (chosen.kind == backup::Kind::kPostgres)
      restore_by_tool(repository, chosen);
    else
      restore_file(repository, repository.read(chosen.id));
  }

 private:
  void restore_file(const backup::Repository& repository, const backup::Snapshot& snapshot) {
    const std::string& path = database_.place;
    if (!fs::is_directory(fs::path(path).parent_path()))
      throw Failure(ExitCode::kNotFound, fmt::format("there is no folder {}", fs::path(path).parent_path().string()));
    const storage::sqlite::LockFile lock = lock_database(path);
    if (fs::exists(path))
      run_.confirm(fmt::format("This replaces the database {} by the backup {} of {}.", path, snapshot.id,
                               to_iso_date(snapshot.time)));
    if (session_.is_dry_run()) return report(snapshot, path);
    const PartDatabase part(path);
    backup::assemble(repository, snapshot, part.path(), run_.between("backup restore", kNothing));
    check(part.path(), snapshot.id);
    commit(part);
    report(snapshot, path);
  }

  static void commit(const PartDatabase& part) {
    try {
      part.commit();
    } catch (const Error& error) {
      if (error.code() != ErrorCode::kOperationForbidden) throw;
      throw Failure(ExitCode::kRefused, error.message(), "stop that program, or restore to another file");
    }
  }

  static storage::sqlite::LockFile lock_database(const std::string& path) {
    try {
      return storage::sqlite::LockFile(path);
    } catch (const Error& error) {
      throw Failure(ExitCode::kRefused, error.message(), "stop that server, or restore to another file");
    }
  }

  void check(const std::string& path, const std::string& id) {
    std::string fault;
    try {
      fault = storage::sqlite::first_fault(path, [this] { return run_.is_stopped(); });
    } catch (const Error& error) {
      fault = error.cause().empty() ? error.message() : error.cause();
    }
    if (run_.is_stopped()) throw Failure(ExitCode::kInterrupted, std::string("interrupted; ") + kNothing);
    if (!fault.empty())
      throw Failure(ExitCode::kFailed, fmt::format("SQLite finds fault with the backup {}: {}", id, fault),
                    "nothing was replaced; try an older backup");
  }

  void restore_by_tool(const backup::Repository& repository, const backup::Snapshot& snapshot) {
    const backup::PostgresDatabase database = postgres_database(database_.place);
    run_.confirm(fmt::format("pg_restore replaces what is in the database {} by the backup {} of {}.", database.name(),
                             snapshot.id, to_iso_date(snapshot.time)));
    if (!session_.is_dry_run()) {
      check_dump(repository, snapshot);
      session_.output().remark(fmt::format("pg_restore brings the backup back to {}.", database.name()));
      with_tools([&] { backup::restore_dump(repository, snapshot, database, run_.between("pg_restore", kNothing)); });
    }
    report(snapshot, database.name());
  }

  /// pg_restore would notice only some of the damage.
  void check_dump(const backup::Repository& repository, const backup::Snapshot& snapshot) {
    const auto faults = backup::Verifier(repository).check(snapshot.id, run_.between("backup restore", kNothing));
    if (!faults.empty()) throw Failure(ExitCode::kFailed, faults.front().text, "try an older backup");
  }

  void report(const backup::Snapshot& snapshot, const std::string& place) {
    run_.clear();
    Object result = describe(snapshot);
    result.set("database", place);
    session_.output().done(fmt::format("Backup {} of {} {} {}", snapshot.id, to_iso_date(snapshot.time),
                                       session_.is_dry_run() ? "would be restored to" : "restored to", place),
                           result);
  }

  static constexpr const char* kNothing = "nothing was replaced";

  Session& session_;
  const RestoreFlags& flags_;
  const BackupDatabase database_;
  BackupRun run_;
};

}  // namespace

void add_backup_restore_command(Commands& commands, CLI::App& group) {
  const auto flags = std::make_shared<RestoreFlags>();
  CLI::App& restore = commands.add(group, "restore", "Bring a database back",
                                   [flags](Session& session) { RestoreRun(session, *flags).run(); });
  add_folder(restore, flags->folder);
  restore.add_option("id", flags->id, "The backup; none: the newest one")->type_name("ID");
  restore.add_option("--at", flags->at, "The newest backup that is not later: a date, or a span of time ago")
      ->type_name("TIME");
  restore.add_option("--source", flags->source, "Of this database: as for --database, or as 'backup list' names it")
      ->type_name("DATABASE");
  restore.footer(kFooter);
}

}  // namespace parse::ctl
