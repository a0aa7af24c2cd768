#pragma once

#include <string>
#include <string_view>

namespace parse {

/// Turns a route pattern into a regular expression that matches whole paths, without regard to case and to one trailing
/// slash: ":name" stands for one segment or a part of it, "*name" for anything, slashes included, "{…}" may be missing,
/// and a backslash takes the meaning off the next character. Names may be quoted: `:"my name"`.
/// Throws Error kInvalidValue (162) that says what is wrong. Source: path-to-regexp 8, which Express routes use.
std::string path_pattern_regex(std::string_view pattern);

}  // namespace parse
