#pragma once

#include <chrono>
#include <filesystem>
#include <string_view>

namespace parse::cloud {

/// Tells when a source file (.js, .mjs, .cjs, .json) in a folder or below it changes; what is below node_modules or a
/// hidden folder does not count. One thread, but for `wake`.
class FolderWatch {
 public:
  /// No more folders than these are watched, the outer ones first.
  static constexpr std::size_t kMostFolders = 1000;

  explicit FolderWatch(std::filesystem::path folder);
  ~FolderWatch();
  FolderWatch(const FolderWatch&) = delete;
  FolderWatch& operator=(const FolderWatch&) = delete;

  /// Begins to watch. Throws Error kInternal (1) naming the folder when the system refuses.
  void start();
  /// True when something has changed; false after `patience`, or a `wake`. Blocks.
  bool wait(std::chrono::milliseconds patience);
  /// Makes a wait return soon. Any thread.
  void wake();

 private:
  void watch_all();
  bool read_events();

  const std::filesystem::path folder_;
  int events_ = -1;
  int wake_ = -1;
};

/// Whether a change of the file means that the code has changed.
bool is_source_file(std::string_view name);

}  // namespace parse::cloud
