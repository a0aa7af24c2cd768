#pragma once

#include <optional>
#include <string>

namespace parse::templates {

/// The regular file `name` below `folder`, or nothing when there is none. `name` may have folders of its own; one that
/// leads out of `folder`, by "..", by a symbolic link or in any other way, finds nothing. Files over 1 MiB find
/// nothing.
std::optional<std::string> read_file_below(const std::string& folder, const std::string& name);

}  // namespace parse::templates
