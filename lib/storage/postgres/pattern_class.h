#pragma once

#include <optional>
#include <string>
#include <string_view>

/// Classes of characters in patterns, for translate_pattern.
namespace parse::storage::postgres {

/// What stands between brackets for \d, \s, \w, \h, \v or \N; PCRE means ASCII by them, PostgreSQL all of Unicode.
/// nullopt for other letters.
std::optional<std::string_view> class_of_escape(char letter);
/// The same for the name in `[:name:]`.
std::optional<std::string_view> class_of_name(std::string_view name);
/// What PostgreSQL has for a Unicode property: `L`, `Lu`, `Ll`, `N`, `Nd` and `P`.
std::optional<std::string_view> class_of_property(std::string_view name);

/// `c`, escaped when it may mean something in a pattern or between brackets.
std::string escaped(char c);
/// `\uXXXX` or `\UXXXXXXXX`.
std::string code_point_escape(unsigned long code_point);

}  // namespace parse::storage::postgres
