// $inQuery and $select with their negations: the sub-query is read in place, as a `where` of its own class.
#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "query/redirect.h"
#include "query/where_scope.h"

namespace parse::query {
namespace {

using object::Object;
using object::Value;

[[noreturn]] void fail_usage(std::string_view name) {
  throw Error(ErrorCode::kInvalidQuery, fmt::format("improper usage of {}", name));
}

Scope inner_scope(const Scope& outer, const std::string& class_name) {
  Scope inner{outer.context, class_name, outer.depth, outer.subquery_depth + 1};
  const auto& limit = outer.context.limits.subquery_depth;
  const int allowed = outer.context.is_master || !limit ? kMaxWhereDepth : std::min(*limit, kMaxWhereDepth);
  if (inner.subquery_depth > allowed) {
    throw Error(ErrorCode::kInvalidQuery,
                fmt::format("Subquery nesting depth exceeds maximum allowed depth of {}", allowed));
  }
  return inner;
}

Subquery read_query(const FieldScope& field, std::string_view name, const Object& query) {
  const Value* class_name = query.find("className");
  if (class_name == nullptr || !class_name->truthy() || !class_name->is<std::string>()) fail_usage(name);
  Subquery subquery;
  subquery.class_name = class_name->as<std::string>();
  const Value* redirect = query.find("redirectClassNameForKey");
  if (redirect != nullptr && redirect->truthy()) {
    if (!redirect->is<std::string>()) fail_usage(name);
    subquery.redirect_key = redirect->as<std::string>();
  }
  if (const Value* where = query.find("where")) {
    const std::string target = redirected_class(field.scope.context.schema, subquery.class_name, subquery.redirect_key);
    subquery.where = read_where(*where, inner_scope(field.scope, target));
  }
  const WhereContext& context = field.scope.context;
  if (!context.is_master) subquery.limit = context.limits.subquery_limit;
  return subquery;
}

}  // namespace

Constraint read_in_query(const FieldScope& field, std::string_view name, const Value& operand) {
  const Object* query = operand.get_if<Object>();
  const Value* where = query ? query->find("where") : nullptr;
  if (where == nullptr || !where->truthy()) fail_usage(name);
  return InQuery{read_query(field, name, *query), name == "$notInQuery"};
}

Constraint read_select(const FieldScope& field, std::string_view name, const Value& operand) {
  const Object* map = operand.get_if<Object>();
  const Value* query = map ? map->find("query") : nullptr;
  const Value* key = map ? map->find("key") : nullptr;
  if (query == nullptr || key == nullptr || map->size() != 2 || !query->is<Object>() || !key->is<std::string>() ||
      !key->truthy())
    fail_usage(name);
  return Select{read_query(field, name, query->as<Object>()), key->as<std::string>(), name == "$dontSelect"};
}

}  // namespace parse::query
