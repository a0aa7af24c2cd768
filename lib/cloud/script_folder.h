#pragma once

#include <filesystem>
#include <string>

namespace parse::cloud {

/// The JavaScript of this project that runs in Node, which travels inside the program: written to a folder of its own
/// that only this user may read, and removed at the end. Throws Error kInternal (1) when it cannot be written.
class ScriptFolder {
 public:
  ScriptFolder();
  ~ScriptFolder();
  ScriptFolder(const ScriptFolder&) = delete;
  ScriptFolder& operator=(const ScriptFolder&) = delete;

  /// The script to start.
  std::string main() const { return (folder_ / "main.mjs").string(); }

 private:
  std::filesystem::path folder_;
};

}  // namespace parse::cloud
