#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <memory>

#include "apps/parsectl/backup_place.h"
#include "apps/parsectl/commands/backup_group.h"
#include "backup/sqlite_backup.h"
#include "backup/verify.h"
#include "storage/sqlite/database_file.h"

namespace parse::ctl {
namespace {

using object::Array;
using object::Object;

constexpr const char* kListFooter =
    "Oldest first. `size` is that of the database, `newBytes` what the backup added to the folder.\n"
    "\n"
    "Example:\n"
    "  parsectl backup list /backup/parse";

constexpr const char* kVerifyFooter =
    "Reads all that the backups, or the named one, are made of, and names what is missing or damaged; exit code 7 "
    "then.\n"
    "--deep also puts each database together, in the folder for temporary files (TMPDIR), and has SQLite check it.\n"
    "\n"
    "Examples:\n"
    "  parsectl backup verify /backup/parse\n"
    "  parsectl backup verify /backup/parse 20260131T120000Z-4f2a9c --deep";

void list(Session& session, const std::string& folder) {
  const auto contents = open_backups(folder).contents();
  Array rows;
  for (const backup::Snapshot& snapshot : contents.snapshots) rows.emplace_back(describe(snapshot));
  session.output().rows({"id", "time", "size", "newBytes", "kind", "source"}, rows);
  if (contents.faults.empty()) return;
  session.output().flush();
  throw Failure(ExitCode::kPartly, contents.faults.front().text,
                fmt::format("'parsectl backup verify {}' names everything that is damaged", folder));
}

struct VerifyFlags {
  std::string folder;
  std::string id;
  bool is_deep = false;
};

class VerifyRun {
 public:
  VerifyRun(Session& session, const VerifyFlags& flags)
      : session_(session), flags_(flags), repository_(open_backups(flags.folder)), run_(session) {}

  void run() {
    const auto lock = run_.lock_shared(repository_);
    backup::Verifier verifier(repository_);
    const std::vector<std::string> ids = chosen();
    for (const std::string& id : ids) check(verifier, id);
    run_.clear();
    Array rows;
    for (const backup::Fault& fault : faults_) rows.emplace_back(Object{{"id", fault.id}, {"fault", fault.text}});
    if (faults_.empty()) return report_good(ids.size(), verifier.checked_bytes());
    session_.output().rows({"id", "fault"}, rows);
    session_.output().flush();
    throw Failure(ExitCode::kPartly, fmt::format("{} of {} backups cannot be restored", damaged_, ids.size() + unread_),
                  "remove the damaged files; the next backup stores again what the database still has of them");
  }

 private:
  /// The ids to look at; what cannot even be listed is a fault by itself.
  std::vector<std::string> chosen() {
    const auto contents = repository_.contents();
    for (const backup::Fault& fault : contents.faults) {
      if (!flags_.id.empty() && fault.id != flags_.id) continue;
      faults_.push_back(fault);
      ++unread_;
      ++damaged_;
    }
    std::vector<std::string> ids;
    for (const backup::Snapshot& snapshot : contents.snapshots) {
      if (flags_.id.empty() || snapshot.id == flags_.id) ids.push_back(snapshot.id);
    }
    if (!flags_.id.empty() && ids.empty() && unread_ == 0)
      throw Failure(ExitCode::kNotFound, fmt::format("there is no backup {} in {}", flags_.id, flags_.folder),
                    fmt::format("'parsectl backup list {}' lists them", flags_.folder));
    return ids;
  }

  void check(backup::Verifier& verifier, const std::string& id) {
    auto found = verifier.check(id, run_.between(id, "not all backups were looked at"));
    if (found.empty() && flags_.is_deep) found = check_deep(id);
    if (!found.empty()) ++damaged_;
    faults_.insert(faults_.end(), found.begin(), found.end());
  }

  std::vector<backup::Fault> check_deep(const std::string& id) {
    const backup::Snapshot snapshot = repository_.read(id);
    if (snapshot.kind == backup::Kind::kPostgres) return check_dump(id);
    const TemporaryDatabase database;
    backup::assemble(repository_, snapshot, database.path, run_.between(id + ", put together", kNotAll));
    const std::string fault = storage::sqlite::first_fault(database.path, [this] { return run_.is_stopped(); });
    if (fault.empty()) return {};
    return {{id, "SQLite finds fault with the database: " + fault}};
  }

  std::vector<backup::Fault> check_dump(const std::string& id) {
    const backup::ChildResult result =
        backup::run_child({{"pg_restore", "--list", repository_.dump_of(id)}, {}}, run_.between(id, kNotAll));
    if (result.is_missing)
      throw Failure(ExitCode::kFailed, "there is no pg_restore on this machine",
                    "install Debian's package postgresql-client");
    if (result.has_succeeded) return {};
    return {{id, result.complaints}};
  }

  void report_good(std::size_t count, std::uint64_t bytes) {
    session_.output().done(
        fmt::format("{} backups are whole; {} read", count, bytes_text(bytes)),
        Object{{"backups", static_cast<std::int64_t>(count)}, {"checkedBytes", static_cast<std::int64_t>(bytes)}});
  }

  struct TemporaryDatabase {
    std::string path = backup::part_name((std::filesystem::temp_directory_path() / "parsectl-verify").string());
    ~TemporaryDatabase() {
      for (const char* ending : {"", "-wal", "-shm"}) ::unlink((path + ending).c_str());
    }
  };

  static constexpr const char* kNotAll = "not all backups were looked at";

  Session& session_;
  const VerifyFlags& flags_;
  const backup::Repository repository_;
  BackupRun run_;
  std::vector<backup::Fault> faults_;
  std::size_t unread_ = 0;
  std::size_t damaged_ = 0;
};

}  // namespace

void add_backup_list_commands(Commands& commands, CLI::App& group) {
  const auto folder = std::make_shared<std::string>();
  CLI::App& list_command =
      commands.add(group, "list", "List the backups", [folder](Session& session) { list(session, *folder); });
  add_folder(list_command, *folder);
  list_command.footer(kListFooter);

  const auto flags = std::make_shared<VerifyFlags>();
  CLI::App& verify = commands.add(group, "verify", "Check that backups are whole",
                                  [flags](Session& session) { VerifyRun(session, *flags).run(); });
  add_folder(verify, flags->folder);
  verify.add_option("id", flags->id, "The backup; none: all of them")->type_name("ID");
  verify.add_flag("--deep", flags->is_deep, "Put each database together and check it");
  verify.footer(kVerifyFooter);
}

}  // namespace parse::ctl
