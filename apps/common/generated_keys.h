#pragma once

#include <string>

#include "config/options.h"

namespace parse::apps {

/// What became of an application without keys.
struct GeneratedKeys {
  /// False when the configuration has keys: then nothing was read or written.
  bool in_use = false;
  /// The file that keeps them, readable by its owner only.
  std::string path;
};

/// Gives an application without appId and masterKey random ones, and the same again at every later start: they are kept
/// in `<dataFolder>/keys.json` (mode 0600); the folder must be there. Throws kInvalidValue (162) with a line that
/// begins with 'dataFolder' when the file is damaged or cannot be written.
GeneratedKeys ensure_keys(config::Options& options);

/// How to make the first request: the keys and a curl line that works when pasted. `url` is where the server listens.
std::string first_steps(const config::Options& options, const GeneratedKeys& keys, const std::string& url);

}  // namespace parse::apps
