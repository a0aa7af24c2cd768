#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <optional>
#include <thread>

#include "cloud/folder_watch.h"

namespace parse::cloud {

/// Loads code anew, on a thread of its own: when asked to, and when its files change. What comes while it loads is done
/// once, after it.
class Reloader {
 public:
  /// `reload` throws Error when the new code cannot be loaded; that is logged, and the old code stays. Watches the
  /// folder of `main` when `is_watching`.
  Reloader(const std::filesystem::path& main, bool is_watching, std::function<void()> reload);
  /// As stop.
  ~Reloader();
  Reloader(const Reloader&) = delete;
  Reloader& operator=(const Reloader&) = delete;

  /// Begins. Throws as FolderWatch::start.
  void start();
  /// Returns at once. Any thread.
  void request();
  /// Waits for a load that is under way.
  void stop();

 private:
  void run();
  void wait_until_quiet();

  const bool is_watching_;
  const std::function<void()> reload_;
  FolderWatch watch_;
  std::atomic<bool> is_requested_{false};
  std::atomic<bool> is_stopping_{false};
  std::thread thread_;
};

}  // namespace parse::cloud
