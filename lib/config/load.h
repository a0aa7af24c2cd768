#pragma once

#include <map>
#include <string>
#include <vector>

#include "config/options.h"
#include "config/setting.h"

namespace parse::config {

using Environment = std::map<std::string, std::string, std::less<>>;

/// Everything options may come from.
struct Sources {
  /// Flags in the order they were given; the last of two equal ones counts.
  std::vector<Given> flags;
  Environment environment;
  /// The positional argument: the Node server's JSON file, or a TOML file by its extension. Empty when there is none.
  std::string file;
};

/// The outcome: the options are good to use only when there are no errors.
struct Loaded {
  Options options;
  /// What was set, and by whom, in the order of the option table; options left at their default are absent.
  std::vector<Setting> settings;
  /// Every mistake, one line each, beginning with the option's name in single quotes.
  std::vector<std::string> errors;
  std::vector<std::string> warnings;
};

/// Puts all sources together: flag > environment > file > default. Members of a group are merged one by one, and a
/// member given by its own name beats the same member inside its group. Empty environment variables count as not set.
Loaded load(const Sources& sources);

/// The environment of this process.
Environment process_environment();

}  // namespace parse::config
