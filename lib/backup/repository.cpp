#include "backup/repository.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <utility>

#include "base/error.h"

namespace parse::backup {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMark = "parsectl backups, format ";
constexpr std::string_view kFormat = "parsectl backups, format 1\n";
constexpr std::string_view kEnding = ".snapshot";

std::string mark_of(const std::string& folder) { return folder + "/format"; }
std::string lock_of(const std::string& folder) { return folder + "/lock"; }

void make_folder(const std::string& path) {
  std::error_code failure;
  fs::create_directories(path, failure);
  if (!failure) return;
  errno = failure.value();
  throw_system_error("make", path);
}

}  // namespace

bool Repository::is_one(const std::string& folder) {
  if (!fs::is_regular_file(mark_of(folder))) return false;
  const std::string mark = File::open(mark_of(folder)).read(kFormat.size() + 1, 0);
  if (mark == kFormat) return true;
  if (mark.starts_with(kMark))
    throw Error(ErrorCode::kInvalidValue, fmt::format("a newer parsectl made the backups in {}", folder));
  return false;
}

void Repository::make(const std::string& folder) {
  for (const char* part : {"/chunks", "/dumps", "/snapshots"}) make_folder(folder + part);
  write_whole(mark_of(folder), kFormat);
  sync_folder(fs::absolute(folder).lexically_normal().parent_path());
}

Repository::Lock::Lock(Lock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

Repository::Lock::~Lock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::optional<Repository::Lock> Repository::try_lock(Use use) const {
  const std::string path = lock_of(folder_);
  int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  // Backups on a medium that is read only, or of somebody else, can be read all the same.
  if (descriptor < 0 && use == Use::kShared) descriptor = ::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) throw_system_error("lock", path);
  Lock lock(descriptor);
  if (::flock(descriptor, (use == Use::kSweep ? LOCK_EX : LOCK_SH) | LOCK_NB) == 0) return lock;
  if (errno != EWOULDBLOCK) throw_system_error("lock", path);
  return std::nullopt;
}

Repository::Contents Repository::contents() const {
  Contents contents;
  const std::string lists = folder_ + "/snapshots";
  if (!fs::is_directory(lists)) throw Error(ErrorCode::kObjectNotFound, fmt::format("the folder {} is missing", lists));
  std::vector<std::string> names;
  for (const fs::directory_entry& entry : fs::directory_iterator(lists)) {
    if (const std::string name = entry.path().filename(); name.ends_with(kEnding)) names.push_back(name);
  }
  std::ranges::sort(names);
  for (const std::string& name : names) {
    const std::string id = name.substr(0, name.size() - kEnding.size());
    try {
      contents.snapshots.push_back(read(id));
      contents.snapshots.back().chunks = {};
    } catch (const Error& error) {
      if (error.code() == ErrorCode::kObjectNotFound) continue;  // it was removed a moment ago
      contents.faults.push_back({id, error.message()});
    }
  }
  std::ranges::stable_sort(contents.snapshots, {}, &Snapshot::time);
  return contents;
}

Snapshot Repository::read(const std::string& id) const {
  const File file = File::open(snapshot_file(id));
  return decode_snapshot(file.read(file.size(), 0), snapshot_file(id));
}

void Repository::add(const Snapshot& snapshot) const { write_whole(snapshot_file(snapshot.id), encode(snapshot)); }

void Repository::remove(const std::string& id) const {
  const std::string path = snapshot_file(id);
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) throw_system_error("remove", path);
  sync_folder(folder_ + "/snapshots");
}

}  // namespace parse::backup
