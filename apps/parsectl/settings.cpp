#include "apps/parsectl/settings.h"

#include <fmt/format.h>

#include <filesystem>
#include <optional>
#include <vector>

#include "apps/parsectl/failure.h"
#include "base/error.h"
#include "config/profile.h"

namespace parse::ctl {
namespace {

std::string variable(const config::Environment& environment, std::string_view name) {
  const auto found = environment.find(name);
  return found == environment.end() ? "" : found->second;
}

std::map<std::string, config::Profile> profiles_of(const config::Environment& environment) {
  const std::string file = profiles_file(environment);
  if (file.empty() || !std::filesystem::exists(file)) return {};
  try {
    return config::read_profiles(file);
  } catch (const Error& error) {
    throw Failure(ExitCode::kUsage, error.message());
  }
}

/// An absent profile is a mistake when somebody named it.
std::optional<config::Profile> find_profile(const std::map<std::string, config::Profile>& profiles,
                                            const std::string& name, const std::string& file) {
  if (const auto found = profiles.find(name); found != profiles.end()) return found->second;
  if (name == "default") return std::nullopt;
  throw Failure(ExitCode::kUsage, fmt::format("there is no profile '{}' in {}", name, file),
                fmt::format("add [{}] with server, appId and masterKey to it", name));
}

void take(std::string& place, const std::string& value) {
  if (place.empty()) place = value;
}

void take(Target& target, const config::Profile& source) {
  const bool has_place = !target.server.empty() || !target.database.empty();
  if (!has_place) {
    target.server = source.server;
    target.database = source.database;
  }
  take(target.app_id, source.app_id);
  take(target.master_key, source.master_key);
}

void check(const Target& target) {
  constexpr std::string_view kFix =
      "give --server URL --appId ID --masterKey KEY, or --database URI, or --profile NAME, or set PARSECTL_SERVER, "
      "PARSECTL_APP_ID and PARSECTL_MASTER_KEY";
  if (target.server.empty() && target.database.empty())
    throw Failure(ExitCode::kUsage, "nothing says which server to work on", std::string(kFix));
  if (!target.server.empty() && (target.app_id.empty() || target.master_key.empty()))
    throw Failure(ExitCode::kUsage, "the application id or the master key is missing", std::string(kFix));
}

}  // namespace

std::string profiles_file(const config::Environment& environment) {
  if (const std::string file = variable(environment, "PARSECTL_PROFILES"); !file.empty()) return file;
  std::string folder = variable(environment, "XDG_CONFIG_HOME");
  if (folder.empty()) {
    const std::string home = variable(environment, "HOME");
    if (home.empty()) return "";
    folder = home + "/.config";
  }
  return folder + "/parsectl/profiles.toml";
}

Target find_target(const GlobalFlags& flags, const config::Environment& environment) {
  Target target{flags.server, flags.app_id, flags.master_key, flags.database};
  if (!target.server.empty() && !target.database.empty())
    throw Failure(ExitCode::kUsage, "--server and --database exclude each other");
  const auto profiles = profiles_of(environment);
  const std::string file = profiles_file(environment);
  if (!flags.profile.empty()) {
    if (const auto profile = find_profile(profiles, flags.profile, file)) take(target, *profile);
  }
  take(target, {variable(environment, "PARSECTL_SERVER"), variable(environment, "PARSECTL_APP_ID"),
                variable(environment, "PARSECTL_MASTER_KEY"), variable(environment, "PARSECTL_DATABASE")});
  if (flags.profile.empty()) {
    const std::string named = variable(environment, "PARSECTL_PROFILE");
    if (const auto profile = find_profile(profiles, named.empty() ? "default" : named, file)) take(target, *profile);
  }
  check(target);
  return target;
}

OutputFormat output_format(const GlobalFlags& flags, const config::Environment& environment) {
  std::string name = flags.output.empty() ? variable(environment, "PARSECTL_OUTPUT") : flags.output;
  if (name.empty() || name == "table") return OutputFormat::kTable;
  if (name == "json") return OutputFormat::kJson;
  if (name == "ndjson") return OutputFormat::kNdjson;
  if (name == "csv") return OutputFormat::kCsv;
  throw Failure(ExitCode::kUsage, fmt::format("'{}' is no output format", name), "use table, json, ndjson or csv");
}

}  // namespace parse::ctl
