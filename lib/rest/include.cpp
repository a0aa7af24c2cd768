#include "rest/include.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <unordered_map>

#include "rest/access.h"
#include "rest/query_limits.h"
#include "rest/read.h"
#include "rest/schema_service.h"

namespace parse::rest {
namespace {

using object::Array;
using object::Object;
using object::Pointer;
using object::Value;

/// Path segments still to walk.
using Steps = std::vector<std::string_view>;

Steps split(std::string_view path) {
  Steps steps;
  for (std::size_t dot = path.find('.'); dot != std::string_view::npos; dot = path.find('.')) {
    steps.push_back(path.substr(0, dot));
    path.remove_prefix(dot + 1);
  }
  steps.push_back(path);
  return steps;
}

/// Ids to fetch, by class.
using Wanted = std::map<std::string, std::set<std::string>>;

void collect_pointers(const Value& node, const Steps& steps, std::size_t at, Wanted& wanted) {
  if (const Array* list = node.get_if<Array>()) {
    for (const Value& element : *list) collect_pointers(element, steps, at, wanted);
  } else if (at == steps.size()) {
    if (const Pointer* pointer = node.get_if<Pointer>()) wanted[pointer->class_name].insert(pointer->object_id);
  } else if (const Object* map = node.get_if<Object>()) {
    if (const Value* child = map->find(steps[at])) collect_pointers(*child, steps, at + 1, wanted);
  }
}

/// Objects found, by "Class$id".
using Found = std::unordered_map<std::string, Object>;

std::string key_of(std::string_view class_name, std::string_view id) {
  std::string key(class_name);
  return key.append("$").append(id);
}

/// Puts the found objects in place; false when `node` itself is a pointer to nothing and must go.
bool replace_pointers(Value& node, const Steps& steps, std::size_t at, const Found& found) {
  if (Array* list = node.get_if<Array>()) {
    std::erase_if(*list, [&](Value& element) { return !replace_pointers(element, steps, at, found); });
    return true;
  }
  if (at == steps.size()) {
    const Pointer* pointer = node.get_if<Pointer>();
    if (pointer == nullptr) return true;
    const auto target = found.find(key_of(pointer->class_name, pointer->object_id));
    if (target == found.end()) return false;
    node = target->second;
    return true;
  }
  Object* map = node.get_if<Object>();
  Value* child = map ? map->find(steps[at]) : nullptr;
  if (child != nullptr && !replace_pointers(*child, steps, at + 1, found)) map->erase(steps[at]);
  return true;
}

query::Where with_ids(const std::set<std::string>& ids) {
  query::Where where;
  if (ids.size() == 1) {
    where.conditions.push_back(query::FieldCondition{"objectId", query::Equal{*ids.begin()}});
  } else {
    where.conditions.push_back(query::FieldCondition{"objectId", query::In{Array(ids.begin(), ids.end())}});
  }
  return where;
}

void fetch(const Context& context, const std::string& class_name, const std::set<std::string>& ids,
           const query::FindParams& params, Found& found) {
  check_class_access(context, class_name, ids.size() == 1 ? "get" : "find");
  check_class_exists(context, class_name);
  const auto schema = context.schemas.snapshot();
  const query::Projection projection = query::make_projection(params, schema->find(class_name));
  query::Find find;
  find.class_name = class_name;
  find.where = with_ids(ids);
  find.keys = projection.keys;
  find.read_from = params.read_from.value_or(query::ReadPreference::kPrimary);
  // Included objects are asked for by their ids, so the right to get them counts, also for many.
  const FindPlan plan = authorize_find(context, std::move(find), schema::Operation::kGet);
  const bool hides_auth_data = class_name == "_User" && !context.principal.is_master();
  for (Value& row : read_objects(context, plan)) {
    Object& object = *row.get_if<Object>();
    // An included user is shown without authData even to himself, as in the reference.
    if (hides_auth_data) object.erase("authData");
    object.append("__type", "Object");
    object.append("className", class_name);
    std::string key = key_of(class_name, object.at("objectId").as<std::string>());
    found.emplace(std::move(key), std::move(object));
  }
}

}  // namespace

void expand_includes(const Context& context, const query::FindParams& params, const std::vector<std::string>& include,
                     Array& rows) {
  for (const std::string& path : include) {
    const Steps steps = split(path);
    Wanted wanted;
    for (const Value& row : rows) collect_pointers(row, steps, 0, wanted);
    if (wanted.empty()) continue;
    const query::FindParams below = query::params_below(params, path);
    Found found;
    for (const auto& [class_name, ids] : wanted) fetch(context, class_name, ids, below, found);
    for (Value& row : rows) replace_pointers(row, steps, 0, found);
  }
}

}  // namespace parse::rest
