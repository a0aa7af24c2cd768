#include "apps/parsectl/backup_place.h"

#include <fmt/format.h>

#include <filesystem>
#include <thread>

#include "apps/parsectl/failure.h"

namespace parse::ctl {
namespace {

namespace fs = std::filesystem;
using object::Object;

constexpr std::chrono::milliseconds kBetweenTries{50};
constexpr std::string_view kFile = "sqlite:";

bool is_postgres(const std::string& uri) { return uri.starts_with("postgres://") || uri.starts_with("postgresql://"); }

std::string absolute(const std::string& path) { return fs::weakly_canonical(fs::absolute(path)); }

}  // namespace

BackupDatabase backup_database(Session& session) {
  const Target& target = session.target();
  if (target.database.empty())
    throw Failure(ExitCode::kUsage, fmt::format("the server at {} gives nobody its database", target.server),
                  "name the database: --database sqlite:./data/parse.db, on the machine that has it, or --database "
                  "postgres://...");
  if (is_postgres(target.database)) return {backup::Kind::kPostgres, target.database};
  const std::string path = target.database.starts_with(kFile) ? target.database.substr(kFile.size()) : "";
  if (path.empty() || path == ":memory:")
    throw Failure(ExitCode::kUsage, "there are backups only of sqlite:FILE and postgres://HOST/NAME",
                  "give one of these as --database");
  return {backup::Kind::kSqlite, absolute(path)};
}

std::string source_named(const std::string& database) {
  if (database.starts_with(kFile)) return absolute(database.substr(kFile.size()));
  return is_postgres(database) ? postgres_database(database).name() : database;
}

backup::PostgresDatabase postgres_database(const std::string& uri) {
  try {
    return backup::PostgresDatabase(uri);
  } catch (const Error& error) {
    throw client::Unreachable(error.message());
  }
}

backup::Repository open_backups(const std::string& folder) {
  if (!fs::is_directory(folder))
    throw Failure(ExitCode::kNotFound, fmt::format("there is no folder {}", folder),
                  "'parsectl backup create' makes it with the first backup");
  if (!backup::Repository::is_one(folder))
    throw Failure(ExitCode::kNotFound, fmt::format("{} holds no backups", folder),
                  "name the folder that was given to 'parsectl backup create'");
  return backup::Repository(folder);
}

std::string bytes_text(std::uint64_t bytes) {
  if (bytes < 1000) return fmt::format("{} bytes", bytes);
  double amount = static_cast<double>(bytes);
  for (const char* unit : {"kB", "MB"}) {
    amount /= 1000;
    if (amount < 1000) return fmt::format("{:.1f} {}", amount, unit);
  }
  return fmt::format("{:.1f} GB", amount / 1000);
}

Object describe(const backup::Snapshot& snapshot) {
  return {{"id", snapshot.id},
          {"time", to_iso_date(snapshot.time)},
          {"kind", snapshot.kind == backup::Kind::kPostgres ? "pg_dump" : "sqlite"},
          {"source", snapshot.source},
          {"size", static_cast<std::int64_t>(snapshot.size)},
          {"newBytes", static_cast<std::int64_t>(snapshot.new_bytes)}};
}

void with_tools(const std::function<void()>& work) {
  using Reason = backup::ToolFailure::Reason;
  try {
    work();
  } catch (const backup::ToolFailure& failure) {
    if (failure.reason() == Reason::kNoConnection) throw client::Unreachable(failure.what());
    throw Failure(ExitCode::kFailed, failure.what(),
                  failure.reason() == Reason::kMissing ? "install Debian's package postgresql-client" : "");
  }
}

backup::Repository::Lock BackupRun::lock_shared(const backup::Repository& repository) {
  for (bool is_first = true;; is_first = false) {
    if (auto lock = repository.try_lock(backup::Repository::Use::kShared)) return std::move(*lock);
    if (is_first) session_.output().remark("Waiting until 'parsectl backup gc' is done.");
    if (is_stopped()) throw Failure(ExitCode::kInterrupted, "interrupted");
    std::this_thread::sleep_for(kBetweenTries);
  }
}

void BackupRun::confirm(const std::string& question) {
  if (is_stopped()) throw Failure(ExitCode::kInterrupted, "interrupted");
  interruption_.reset();
  session_.confirm(question);
  interruption_.emplace();
}

backup::Between BackupRun::between(std::string subject, std::string kept) {
  return [this, subject = std::move(subject), kept = std::move(kept)](std::uint64_t done) {
    if (is_stopped()) throw Failure(ExitCode::kInterrupted, "interrupted; " + kept);
    progress_.show(subject, done);
  };
}

}  // namespace parse::ctl
