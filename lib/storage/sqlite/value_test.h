#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "object/value.h"
#include "query/regex.h"
#include "query/where.h"

namespace parse::storage::sqlite {

/// A constraint on a value that SQL has no type for: an Array, an Object or something inside one. Evaluated by the SQL
/// function `value_matches`. Immutable; the constraint must outlive it.
class ValueTest {
 public:
  /// `path` leads from the column's value to the tested one: the names behind the first dot of a field path.
  ValueTest(const query::Constraint& constraint, std::vector<std::string> path);

  /// `root` is the column's value, nullptr when the column is NULL. Geo, text and sub-query constraints match nothing
  /// here. Throws kInvalidQuery (102) for a bad pattern.
  bool matches(const object::Value* root, query::RegexCache& regexes) const;

 private:
  const query::Constraint& constraint_;
  std::vector<std::string> path_;
};

/// The names between the dots of `path`.
std::vector<std::string> split_path(std::string_view path);
/// The value at `path` below `root`, through objects and array indexes; nullptr when there is none or it is null.
const object::Value* value_at(const object::Value* root, const std::vector<std::string>& path);

}  // namespace parse::storage::sqlite
