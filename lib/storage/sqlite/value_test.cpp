#include "storage/sqlite/value_test.h"

#include <utility>

#include "query/matcher.h"

namespace parse::storage::sqlite {

ValueTest::ValueTest(std::string_view path, const query::Constraint& constraint)
    : field_(path.substr(0, path.find('.'))) {
  where_.conditions.push_back(query::FieldCondition{std::string(path), constraint});
}

bool ValueTest::matches(object::Value root, query::RegexCache& regexes) const {
  object::Object object;
  if (!root.is_null()) object.append(field_, std::move(root));
  return query::matches(where_, object, regexes);
}

}  // namespace parse::storage::sqlite
