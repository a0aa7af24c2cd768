#pragma once

#include <string>
#include <string_view>

#include "object/value.h"
#include "query/regex.h"
#include "query/where.h"

namespace parse::storage::sqlite {

/// A constraint on a value that SQL has no type for: an Array, an Object or something inside one. Evaluated row by row
/// by the SQL function `value_matches`, with the matcher's semantics. Immutable.
class ValueTest {
 public:
  /// `path` is the whole field path of the constraint, whose first name is the column.
  ValueTest(std::string_view path, const query::Constraint& constraint);

  /// `root` is the column's value; null when the column is NULL. Throws kInvalidQuery (102) for a bad pattern and for
  /// constraints that are no test of one value.
  bool matches(object::Value root, query::RegexCache& regexes) const;

 private:
  query::Where where_;
  std::string field_;
};

}  // namespace parse::storage::sqlite
