#include "backup/postgres_backup.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <filesystem>

#include "backup/verify.h"
#include "base/error.h"
#include "storage/postgres/uri.h"

namespace parse::backup {
namespace {

namespace fs = std::filesystem;

/// As a value of libpq's connection strings. Source: PostgreSQL manual, "Connection Strings".
std::string quoted(const std::string& value) {
  std::string text = "'";
  for (const char c : value) {
    if (c == '\'' || c == '\\') text += '\\';
    text += c;
  }
  return text + "'";
}

std::string last_lines(std::string text) {
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

void run(const ChildCommand& command, const Between& between) {
  const ChildResult result = run_child(command, between);
  const std::string& program = command.arguments.front();
  using Reason = ToolFailure::Reason;
  if (result.is_missing) throw ToolFailure(Reason::kMissing, fmt::format("there is no {} on this machine", program));
  if (result.has_succeeded) return;
  const bool has_no_connection = result.complaints.find("connection to server") != std::string::npos;
  throw ToolFailure(has_no_connection ? Reason::kNoConnection : Reason::kFailed,
                    fmt::format("{} failed: {}", program, last_lines(result.complaints)));
}

/// Goes away again unless it gets its name.
class PartFile {
 public:
  explicit PartFile(const std::string& path) : path_(path), part_(part_name(path)) {}
  ~PartFile() { ::unlink(part_.c_str()); }
  PartFile(const PartFile&) = delete;
  PartFile& operator=(const PartFile&) = delete;

  const std::string& path() const { return part_; }
  void commit() const {
    File::open(part_).sync();
    if (std::rename(part_.c_str(), path_.c_str()) != 0) throw_system_error("write", path_);
    sync_folder(fs::path(path_).parent_path());
  }

 private:
  std::string path_;
  std::string part_;
};

}  // namespace

PostgresDatabase::PostgresDatabase(const std::string& uri) {
  storage::postgres::PoolSettings settings;
  std::chrono::milliseconds limit{0};
  storage::postgres::read_uri(uri, settings, limit);
  std::string host;
  std::string port = "5432";
  std::string base;
  for (const auto& [key, value] : settings.connection.parameters) {
    if (key == "host") host = value;
    if (key == "port") port = value;
    if (key == "dbname") base = value;
    if (key == "sslpassword")
      throw Error(ErrorCode::kInternal, "The database URI's passphrase cannot be handed to pg_dump in secret.");
    if (key == "password")
      password_ = value;
    else
      place_ += fmt::format("{}{}={}", place_.empty() ? "" : " ", key, quoted(value));
  }
  name_ = fmt::format("{}:{}/{}", host, port, base);
}

ChildCommand PostgresDatabase::command(std::vector<std::string> arguments) const {
  arguments.insert(arguments.begin() + 1, {"--no-password", "--dbname=" + place_});
  ChildCommand made{std::move(arguments), {}};
  if (!password_.empty()) made.environment.emplace_back("PGPASSWORD", password_);
  return made;
}

Snapshot dump(const Repository& repository, const PostgresDatabase& database, const Between& between) {
  Snapshot snapshot;
  snapshot.kind = Kind::kPostgres;
  snapshot.source = database.name();
  // The dump shows the database as it is a moment later, when its transaction begins.
  using std::chrono::system_clock;
  snapshot.time = std::chrono::duration_cast<std::chrono::milliseconds>(system_clock::now().time_since_epoch()).count();
  snapshot.id = new_snapshot_id(snapshot.time);
  const PartFile part(repository.dump_of(snapshot.id));
  run(database.command({"pg_dump", "--format=custom", "--file=" + part.path()}), [&](std::uint64_t) {
    std::error_code missing;
    const std::uintmax_t size = fs::file_size(part.path(), missing);
    between(missing ? 0 : size);
  });
  snapshot.dump_hash = hash_of_file(part.path(), between);
  snapshot.size = snapshot.new_bytes = File::open(part.path()).size();
  part.commit();
  repository.add(snapshot);
  return snapshot;
}

void restore_dump(const Repository& repository, const Snapshot& snapshot, const PostgresDatabase& database,
                  const Between& between) {
  run(database.command({"pg_restore", "--clean", "--if-exists", "--no-owner", "--no-comments", "--exit-on-error",
                        "--single-transaction", repository.dump_of(snapshot.id)}),
      between);
}

}  // namespace parse::backup
