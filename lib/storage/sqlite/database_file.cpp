#include "storage/sqlite/database_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "storage/sqlite/connection.h"

namespace parse::storage::sqlite {
namespace {

namespace fs = std::filesystem;

constexpr int kStepsBetweenQuestions = 100000;

[[noreturn]] void throw_system_error(std::string_view what, const std::string& path) {
  throw Error(ErrorCode::kInternal, fmt::format("cannot {} {}: {}", what, path, std::strerror(errno)));
}

int ask(void* stop) { return (*static_cast<const std::function<bool()>*>(stop))() ? 1 : 0; }

/// What the log holds goes into the file, and the log away, for which nobody else may have the database open.
void empty_log(const std::string& path) {
  try {
    Connection connection({.path = path});
    connection.execute("PRAGMA journal_mode = DELETE");
  } catch (const Error& error) {
    if (error.code() == ErrorCode::kTimeout)
      throw Error(ErrorCode::kOperationForbidden, fmt::format("another program has the database {} open", path));
    // Otherwise it is damaged, which may be why it is replaced.
  }
}

void remove(const std::string& path) {
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) throw_system_error("remove", path);
}

/// The server that owns the one must be able to open the other.
void take_owner_and_rights(const std::string& from, const std::string& to) {
  struct stat found {};
  if (::stat(from.c_str(), &found) != 0) throw_system_error("read", from);
  if (::chown(to.c_str(), found.st_uid, found.st_gid) != 0 && errno != EPERM) throw_system_error("write", to);
  if (::chmod(to.c_str(), found.st_mode & 0777) != 0) throw_system_error("write", to);
}

void sync_folder_of(const std::string& path) {
  const std::string folder = fs::absolute(path).parent_path();
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) throw_system_error("open", folder);
  const bool is_synced = ::fsync(descriptor) == 0;
  ::close(descriptor);
  if (!is_synced) throw_system_error("write", folder);
}

}  // namespace

std::string first_fault(const std::string& path, const std::function<bool()>& stop) {
  Connection connection({.path = path});
  sqlite3_progress_handler(connection.handle(), kStepsBetweenQuestions, ask, const_cast<std::function<bool()>*>(&stop));
  StatementUse use(connection.prepare("PRAGMA integrity_check(1)"), {});
  const std::string text = use->step() ? std::string(use->text(0)) : "";
  return text == "ok" ? "" : text;
}

void replace_database(const std::string& path, const std::string& part) {
  // A log that outlived its database would be played into the new one.
  if (fs::exists(path)) {
    empty_log(path);
    take_owner_and_rights(path, part);
  }
  for (const char* ending : {"-wal", "-shm", "-journal"}) remove(path + ending);
  sync_folder_of(path);
  if (std::rename(part.c_str(), path.c_str()) != 0) throw_system_error("replace", path);
  sync_folder_of(path);
}

}  // namespace parse::storage::sqlite
