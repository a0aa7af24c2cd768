#include "rest/include.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "query/where_parser.h"
#include "rest/access.h"
#include "rest/find_hooks.h"
#include "rest/query_limits.h"
#include "rest/read.h"
#include "rest/schema_service.h"
#include "rest/user_rows.h"

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

/// An object that pointers lead to: how many of them still wait for it, and what was found.
struct Target {
  std::size_t uses = 0;
  std::optional<Object> object;
};

/// Targets by id.
using Targets = std::unordered_map<std::string, Target>;

/// Targets by class.
using Wanted = std::map<std::string, Targets>;

void collect_pointers(const Value& node, const Steps& steps, std::size_t at, Wanted& wanted) {
  if (const Array* list = node.get_if<Array>()) {
    for (const Value& element : *list) collect_pointers(element, steps, at, wanted);
  } else if (at == steps.size()) {
    if (const Pointer* pointer = node.get_if<Pointer>()) ++wanted[pointer->class_name][pointer->object_id].uses;
  } else if (const Object* map = node.get_if<Object>()) {
    if (const Value* child = map->find(steps[at])) collect_pointers(*child, steps, at + 1, wanted);
  }
}

/// The object for one more use of it; the last use need not copy it.
Object hand_out(Target& target) {
  if (--target.uses == 0) return std::move(*target.object);
  return *target.object;
}

/// Puts the found objects in place; false when `node` itself is a pointer to nothing and must go.
bool replace_pointers(Value& node, const Steps& steps, std::size_t at, Wanted& found) {
  if (Array* list = node.get_if<Array>()) {
    std::erase_if(*list, [&](Value& element) { return !replace_pointers(element, steps, at, found); });
    return true;
  }
  if (at == steps.size()) {
    const Pointer* pointer = node.get_if<Pointer>();
    if (pointer == nullptr) return true;
    Target& target = found.at(pointer->class_name).at(pointer->object_id);
    if (!target.object) return false;
    node = hand_out(target);
    return true;
  }
  Object* map = node.get_if<Object>();
  Value* child = map ? map->find(steps[at]) : nullptr;
  if (child != nullptr && !replace_pointers(*child, steps, at + 1, found)) map->erase(steps[at]);
  return true;
}

/// In Parse's JSON, as the hooks of the class see it.
Object with_ids(const Targets& targets) {
  if (targets.size() == 1) return {{"objectId", targets.begin()->first}};
  Array ids;
  ids.reserve(targets.size());
  for (const auto& [id, target] : targets) ids.emplace_back(id);
  return {{"objectId", Object{{"$in", std::move(ids)}}}};
}

query::Where where_of(const Context& context, const std::string& class_name, const Value& where) {
  const auto schema = context.schemas.snapshot();
  return query::parse_where(where, where_context(context, *schema, class_name));
}

/// The objects with the wanted ids, as the hooks of their class want them.
Array read_targets(const Context& context, query::Find find, const Targets& targets) {
  const std::string class_name = find.class_name;
  FindHooks hooks(context, class_name, targets.size() == 1);
  const Object params = hooks.before({{"where", with_ids(targets)}});
  if (hooks.instead()) return hooks.after(params, *hooks.instead());
  find.where = where_of(context, class_name, params.at("where"));
  // Included objects are asked for by their ids, so the right to get them counts, also for many.
  const FindPlan plan = authorize_find(context, std::move(find), schema::Operation::kGet);
  return hooks.after(params, read_objects(context, plan));
}

void fetch(const Context& context, const std::string& class_name, const query::FindParams& params, Targets& targets) {
  check_class_access(context, class_name, targets.size() == 1 ? "get" : "find");
  check_class_exists(context, class_name);
  const auto schema = context.schemas.snapshot();
  const query::Projection projection = query::make_projection(params, schema->find(class_name));
  query::Find find;
  find.class_name = class_name;
  find.keys = projection.keys;
  find.read_from = params.read_from.value_or(query::ReadPreference::kPrimary);
  const bool hides_auth_data = class_name == "_User" && !context.principal.is_master();
  for (Value& row : read_targets(context, std::move(find), targets)) {
    Object& object = *row.get_if<Object>();
    // An included user is shown without authData even to himself, as in the reference.
    if (hides_auth_data) object.erase("authData");
    object.set("__type", "Object");
    object.set("className", class_name);
    // A hook may add objects that nobody asked for.
    const auto target = targets.find(text_of(object, "objectId"));
    if (target != targets.end()) target->second.object = std::move(object);
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
    for (auto& [class_name, targets] : wanted) fetch(context, class_name, below, targets);
    for (Value& row : rows) replace_pointers(row, steps, 0, wanted);
  }
}

}  // namespace parse::rest
