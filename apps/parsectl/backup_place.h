#pragma once

#include <optional>
#include <string>

#include "apps/parsectl/interruption.h"
#include "apps/parsectl/progress_line.h"
#include "apps/parsectl/session.h"
#include "backup/between.h"
#include "backup/postgres_backup.h"
#include "backup/repository.h"

namespace parse::ctl {

/// The database that a backup is made of, or brought back to.
struct BackupDatabase {
  backup::Kind kind = backup::Kind::kSqlite;
  /// SQLite: its file, as an absolute path. PostgreSQL: its URI.
  std::string place;
};

/// The database that flags, environment or profile name. Throws Failure: kUsage when they name a server, which gives
/// nobody its database, or a database that no file holds.
BackupDatabase backup_database(Session& session);

/// What the backups of a database call it; it may be given as on the command line, or as they call it.
std::string source_named(const std::string& database);

/// Throws client::Unreachable for a URI that cannot be read.
backup::PostgresDatabase postgres_database(const std::string& uri);

/// Throws Failure kNotFound when the folder holds no backups.
backup::Repository open_backups(const std::string& folder);

/// "1.5 MB".
std::string bytes_text(std::uint64_t bytes);

/// What is printed of a backup.
object::Object describe(const backup::Snapshot& snapshot);

/// Runs `work`, and turns what pg_dump and pg_restore end with into Failure and client::Unreachable.
void with_tools(const std::function<void()>& work);

/// One run of a command on backups: shows how far it is, and ends it when somebody asks.
class BackupRun {
 public:
  explicit BackupRun(Session& session) : session_(session), progress_(session.flags().is_quiet, "bytes") {}

  /// Waits while a gc removes what is not needed. Throws Failure kInterrupted.
  backup::Repository::Lock lock_shared(const backup::Repository& repository);
  /// Shows progress as `subject`; throws Failure kInterrupted, saying `kept`, when somebody asked to stop.
  backup::Between between(std::string subject, std::string kept);
  bool is_stopped() const { return interruption_->is_asked(); }
  /// As Session::confirm; Ctrl-C at the question ends the program.
  void confirm(const std::string& question);
  void clear() { progress_.clear(); }

 private:
  Session& session_;
  ProgressLine progress_;
  std::optional<Interruption> interruption_{std::in_place};
};

}  // namespace parse::ctl
