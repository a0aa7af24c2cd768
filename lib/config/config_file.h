#pragma once

#include <string>
#include <vector>

#include "config/setting.h"

namespace parse::config {

/// What a file says, and every mistake in it as a line that begins with an option's name in single quotes.
struct FileContents {
  std::vector<Given> given;
  std::vector<std::string> errors;
};

/// Reads TOML. Tables of a group become `group.member`; origins are `path:line`. The only user of toml++.
FileContents read_toml_file(const std::string& path);
/// Reads TOML from a text; `path` is for messages.
FileContents read_toml(const std::string& text, const std::string& path);

/// Reads the JSON file of the Node server: an object of options, or `{"apps":[{…}]}` with exactly one app.
/// Source: parse-server cli/utils/commander.
FileContents read_json_file(const std::string& path);
FileContents read_json(const std::string& text, const std::string& path);

}  // namespace parse::config
