#include "rest/find_hooks.h"

#include <algorithm>
#include <array>
#include <utility>

#include "object/acl.h"
#include "object/json.h"

namespace parse::rest {
namespace {

using cloud::HookKind;
using object::Array;
using object::Object;
using object::Value;

/// The parameters that a query of the SDK knows.
constexpr std::array<std::string_view, 13> kQueryMembers{"where",
                                                         "limit",
                                                         "skip",
                                                         "include",
                                                         "keys",
                                                         "excludeKeys",
                                                         "order",
                                                         "explain",
                                                         "hint",
                                                         "comment",
                                                         "readPreference",
                                                         "includeReadPreference",
                                                         "subqueryReadPreference"};

/// What is no JSON is refused later, as in a find without hooks.
Value decoded_where(const Value& where) {
  const std::string* text = where.get_if<std::string>();
  auto value = text ? object::try_parse_json(*text) : std::nullopt;
  return value ? std::move(*value) : where;
}

Object query_of(const Object& params) {
  Object query;
  for (const std::string_view key : kQueryMembers) {
    const Value* value = params.find(key);
    if (value != nullptr) query.append(std::string(key), key == "where" ? decoded_where(*value) : *value);
  }
  return query;
}

bool may_read(const Context& context, const Object& row) {
  if (context.principal.bypasses_permissions()) return true;
  const Value* acl = row.find("ACL");
  const Object* entries = acl ? acl->get_if<Object>() : nullptr;
  if (entries == nullptr) return true;
  const std::vector<std::string> group = context.principal.acl_group();
  return std::any_of(group.begin(), group.end(), [&](const std::string& id) {
    const Value* entry = entries->find(id);
    const Object* rights = entry ? entry->get_if<Object>() : nullptr;
    const Value* read = rights ? rights->find("read") : nullptr;
    return read != nullptr && read->truthy();
  });
}

/// `{"className","where"}` of a sub-query.
void hook_subquery(const Context& context, Value* query) {
  Object* map = query ? query->get_if<Object>() : nullptr;
  const Value* name = map ? map->find("className") : nullptr;
  const std::string* class_name = name ? name->get_if<std::string>() : nullptr;
  if (class_name == nullptr) return;
  FindHooks hooks(context, *class_name, false);
  if (!hooks.any()) return;
  const Value* where = map->find("where");
  const Object changed = hooks.before(Object{{"where", where ? *where : Value(Object())}});
  map->set("where", changed.at("where"));
}

void hook_subqueries(const Context& context, Value& node) {
  if (Array* list = node.get_if<Array>()) {
    for (Value& item : *list) hook_subqueries(context, item);
  }
  Object* map = node.get_if<Object>();
  if (map == nullptr) return;
  for (auto& [key, value] : *map) {
    if (key == "$inQuery" || key == "$notInQuery") hook_subquery(context, &value);
    Object* selection = key == "$select" || key == "$dontSelect" ? value.get_if<Object>() : nullptr;
    if (selection != nullptr) hook_subquery(context, selection->find("query"));
    hook_subqueries(context, value);
  }
}

}  // namespace

bool has_find_hooks(const Context& context) {
  return context.cloud && !context.cloud->hooks->of(HookKind::kBeforeFind).empty();
}

Value with_hooked_subqueries(const Context& context, Value where) {
  hook_subqueries(context, where);
  return where;
}

FindHooks::FindHooks(const Context& context, const std::string& class_name, bool is_get)
    : context_(context),
      class_name_(class_name),
      is_get_(is_get),
      before_(find_hook(context, HookKind::kBeforeFind, class_name)),
      after_(find_hook(context, HookKind::kAfterFind, class_name)) {}

HookCall FindHooks::call_of(HookKind kind, const Object& params) const {
  Object query = query_of(params);
  if (!is_get_ && !query.contains("limit")) query.append("limit", context_.settings.default_limit);
  Object request{{"className", class_name_}, {"query", std::move(query)}};
  if (is_get_) request.append("isGet", true);
  return {kind, class_name_, std::move(request)};
}

Object FindHooks::before(Object params) {
  if (before_ == nullptr) return params;
  if (!is_get_ && !params.contains("limit")) params.set("limit", context_.settings.default_limit);
  HookCall call = call_of(HookKind::kBeforeFind, params);
  if (const Value* count = params.find("count"); count != nullptr && count->truthy())
    call.request.append("count", true);
  Object outcome = run_trigger(context_, *before_, std::move(call));
  if (Value* objects = outcome.find("objects"); objects != nullptr && objects->is<Array>()) {
    instead_ = std::move(*objects->get_if<Array>());
    std::erase_if(*instead_,
                  [&](const Value& row) { return !row.is<Object>() || !may_read(context_, row.as<Object>()); });
  }
  const Value* query = outcome.find("query");
  if (query == nullptr || !query->is<Object>()) return params;
  for (const std::string_view key : kQueryMembers) {
    if (const Value* value = query->as<Object>().find(key)) params.set(key, *value);
  }
  return params;
}

Array FindHooks::after(const Object& params, Array rows) const {
  if (after_ == nullptr) return rows;
  HookCall call = call_of(HookKind::kAfterFind, params);
  Array objects;
  objects.reserve(rows.size());
  for (const Value& row : rows) objects.emplace_back(request_object(class_name_, row.as<Object>()));
  call.request.append("objects", std::move(objects));
  Object outcome = run_trigger(context_, *after_, std::move(call));
  Value* changed = outcome.find("objects");
  if (changed == nullptr || !changed->is<Array>()) return rows;
  return std::move(*changed->get_if<Array>());
}

}  // namespace parse::rest
