#pragma once

#include <chrono>
#include <string>

#include "apps/parsectl/output.h"
#include "config/load.h"

namespace parse::ctl {

/// What the flags that every command takes say; empty: not given.
struct GlobalFlags {
  std::string server;
  std::string app_id;
  std::string master_key;
  std::string database;
  std::string profile;
  std::string output;
  double timeout_seconds = 30;
  bool is_quiet = false;
  bool is_dry_run = false;
  bool says_yes = false;
};

/// Where a command works: a server, or a database when no server is named.
struct Target {
  std::string server;
  std::string app_id;
  std::string master_key;
  std::string database;
};

/// Flags go before the profile that a flag names, this before the environment (PARSECTL_SERVER, PARSECTL_APP_ID,
/// PARSECTL_MASTER_KEY, PARSECTL_DATABASE), this before the profile that PARSECTL_PROFILE names, or the one called
/// `default`. A more important source that names a database or a server hides the other of less important ones. Throws
/// Failure kUsage for a profile that is not there or cannot be read, or when nothing says where to work.
Target find_target(const GlobalFlags& flags, const config::Environment& environment);

/// Throws Failure kUsage for another name than table, json, ndjson and csv.
OutputFormat output_format(const GlobalFlags& flags, const config::Environment& environment);

/// Where profiles are kept: PARSECTL_PROFILES, else parsectl/profiles.toml in the folder for configurations.
std::string profiles_file(const config::Environment& environment);

}  // namespace parse::ctl
