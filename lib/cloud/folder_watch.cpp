#include "cloud/folder_watch.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <deque>
#include <utility>

#include "base/error.h"
#include "logging/logger.h"

namespace parse::cloud {
namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t kEvents = IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_TO | IN_MOVED_FROM | IN_ONLYDIR;

bool is_watched_folder(const fs::directory_entry& entry) {
  std::error_code ignored;
  const std::string name = entry.path().filename().string();
  return entry.is_directory(ignored) && !entry.is_symlink(ignored) && name != "node_modules" && !name.starts_with('.');
}

}  // namespace

bool is_source_file(std::string_view name) {
  // What Kubernetes swaps when it renews the files that it mounts.
  if (name == "..data") return true;
  if (name.starts_with('.')) return false;
  for (const std::string_view end : {".js", ".mjs", ".cjs", ".json"}) {
    if (name.ends_with(end)) return true;
  }
  return false;
}

FolderWatch::FolderWatch(fs::path folder) : folder_(std::move(folder)), wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

FolderWatch::~FolderWatch() {
  if (events_ >= 0) close(events_);
  if (wake_ >= 0) close(wake_);
}

void FolderWatch::start() {
  events_ = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
  if (events_ < 0 || inotify_add_watch(events_, folder_.c_str(), kEvents) < 0)
    throw Error(ErrorCode::kInternal, fmt::format("cannot watch {}: {}", folder_.string(), std::strerror(errno)));
  watch_all();
}

/// Folders that are watched already stay so.
void FolderWatch::watch_all() {
  std::deque<fs::path> open{folder_};
  std::size_t count = 0;
  for (; !open.empty(); open.pop_front()) {
    if (++count > kMostFolders) {
      logging::warn("there are more than {} folders below {}: changes in the others are not seen", kMostFolders,
                    folder_.string());
      return;
    }
    // A folder may be gone again; its own end is an event of the one above it.
    inotify_add_watch(events_, open.front().c_str(), kEvents);
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(open.front(), ignored)) {
      if (is_watched_folder(entry)) open.push_back(entry.path());
    }
  }
}

bool FolderWatch::read_events() {
  alignas(inotify_event) std::array<char, 16 * 1024> bytes;
  bool is_changed = false;
  bool has_new_folder = false;
  for (ssize_t got = 0; (got = read(events_, bytes.data(), bytes.size())) > 0;) {
    for (ssize_t at = 0; at < got;) {
      const auto* event = reinterpret_cast<const inotify_event*>(bytes.data() + at);
      at += static_cast<ssize_t>(sizeof *event + event->len);
      const bool is_folder = (event->mask & IN_ISDIR) != 0;
      has_new_folder |= is_folder;
      const std::string_view name = event->len > 0 ? event->name : "";
      is_changed |= (event->mask & IN_Q_OVERFLOW) != 0 || (!is_folder && is_source_file(name));
      // A folder that was moved here comes with its files.
      is_changed |= is_folder && name != "node_modules" && !name.starts_with('.');
    }
  }
  if (has_new_folder) watch_all();
  return is_changed;
}

bool FolderWatch::wait(std::chrono::milliseconds patience) {
  std::array<pollfd, 2> items{pollfd{wake_, POLLIN, 0}, pollfd{events_, POLLIN, 0}};
  if (poll(items.data(), items.size(), static_cast<int>(patience.count())) <= 0) return false;
  if (items[0].revents != 0) {
    std::uint64_t count = 0;
    while (read(wake_, &count, sizeof count) > 0) continue;
  }
  return items[1].revents != 0 && read_events();
}

void FolderWatch::wake() {
  const std::uint64_t one = 1;
  // A counter that is full wakes as well.
  static_cast<void>(!write(wake_, &one, sizeof one));
}

}  // namespace parse::cloud
