#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "query/where.h"
#include "storage/sql/sql_text.h"

namespace parse::storage::postgres {

/// A PCRE pattern as an advanced regular expression of PostgreSQL that matches the same texts: `.` and `$` as PCRE has
/// them, \Q…\E, classes of ASCII, word boundaries, comments and the options i, m, s and x, in `options` or at the
/// beginning of the pattern; m, s and x also within it. Throws kInvalidQuery (102) for what PostgreSQL has not: atomic
/// groups and possessive quantifiers, recursion, conditions, verbs, \K, \G, \R, \X, names of groups used as references,
/// most Unicode properties, and i for a part of the pattern.
/// Sources: PCRE2 manual, "pcre2pattern"; PostgreSQL manual, "POSIX Regular Expressions".
std::string translate_pattern(std::string_view pattern, std::string_view options);

/// The pattern of LIKE for texts that begin with `prefix`.
std::string like_prefix(std::string_view prefix);

/// Appends that the text which `operand` appends matches; a plain prefix in a form that an index serves.
void append_pattern(sql::SqlText& out, const std::function<void()>& operand, const query::Regex& regex);

}  // namespace parse::storage::postgres
