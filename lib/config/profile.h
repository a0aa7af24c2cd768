#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace parse::config {

/// How parsectl reaches one server, under a name. Empty: not said.
struct Profile {
  std::string server;
  std::string app_id;
  std::string master_key;
  std::string database;
};

/// Reads a TOML file of tables named after the profiles: `[production]`, then `server`, `appId`, `masterKey` or
/// `database`. Throws Error kInvalidJson (107) with file, line and reason for what cannot be read, or a key it does not
/// know.
std::map<std::string, Profile> read_profiles(const std::filesystem::path& file);

}  // namespace parse::config
