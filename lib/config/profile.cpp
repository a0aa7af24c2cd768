#include "config/profile.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include "base/error.h"

namespace parse::config {
namespace {

[[noreturn]] void throw_bad(const std::filesystem::path& file, const toml::source_region& place,
                            const std::string& reason) {
  throw Error(ErrorCode::kInvalidJson, fmt::format("{}, line {}: {}", file.string(), place.begin.line, reason));
}

std::string* member(Profile& profile, std::string_view key) {
  if (key == "server") return &profile.server;
  if (key == "appId") return &profile.app_id;
  if (key == "masterKey") return &profile.master_key;
  if (key == "database") return &profile.database;
  return nullptr;
}

Profile read_profile(const std::filesystem::path& file, const toml::table& table) {
  Profile profile;
  for (const auto& [key, value] : table) {
    std::string* place = member(profile, key.str());
    if (place == nullptr)
      throw_bad(file, value.source(),
                fmt::format("'{}' is not a key of a profile (server, appId, masterKey, database)", key.str()));
    const auto text = value.value<std::string>();
    if (!text) throw_bad(file, value.source(), fmt::format("'{}' must be a text", key.str()));
    *place = *text;
  }
  return profile;
}

}  // namespace

std::map<std::string, Profile> read_profiles(const std::filesystem::path& file) {
  std::map<std::string, Profile> profiles;
  try {
    const toml::table all = toml::parse_file(file.string());
    for (const auto& [name, value] : all) {
      const toml::table* table = value.as_table();
      if (table == nullptr)
        throw_bad(file, value.source(), fmt::format("'{}' belongs to no profile; begin one with [name]", name.str()));
      profiles.emplace(name.str(), read_profile(file, *table));
    }
  } catch (const toml::parse_error& error) {
    throw_bad(file, error.source(), std::string(error.description()));
  }
  return profiles;
}

}  // namespace parse::config
