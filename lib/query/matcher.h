#pragma once

#include "object/value.h"
#include "query/regex.h"
#include "query/where.h"

namespace parse::query {

/// True when `object`, as storage returns it, satisfies `where`. A missing member is like null.
/// What only a database can answer ($inQuery, $select, $relatedTo, $text) throws kInvalidQuery (102), as does a
/// pattern that is too expensive. `regexes` keeps patterns compiled from call to call; one thread at a time.
/// Source: REST guide, "Queries"; parse-server QueryTools matchesQuery.
bool matches(const Where& where, const object::Object& object, RegexCache& regexes);

}  // namespace parse::query
