#pragma once

#include <span>
#include <string_view>

namespace parse::cloud {

/// A file of lib/cloud/node.
struct Script {
  std::string_view name;
  std::string_view text;
};

/// All of them; made by cmake/ParseScripts.cmake.
std::span<const Script> scripts();

}  // namespace parse::cloud
