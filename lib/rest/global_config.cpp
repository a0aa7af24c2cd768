#include "rest/global_config.h"

#include <utility>

#include "object/nested_keys.h"
#include "object/update_op.h"
#include "object/value_sink.h"
#include "rest/hooks.h"
#include "rest/schema_service.h"
#include "rest/write_schema.h"

namespace parse::rest {
namespace {

using cloud::HookKind;
using object::Object;
using object::Value;

constexpr std::string_view kClass = "_GlobalConfig";
/// What triggers call it.
constexpr std::string_view kHookClass = "@Config";
/// The one row of the class.
constexpr std::string_view kId = "1";

query::Where the_row() {
  query::Where where;
  where.conditions.push_back(query::FieldCondition{"objectId", query::Equal{kId}});
  return where;
}

std::optional<Object> stored_config(const Context& context) {
  const auto schema = context.schemas.snapshot();
  if (schema->find(kClass) == nullptr) return std::nullopt;
  query::Find find;
  find.class_name = kClass;
  find.where = the_row();
  find.limit = 1;
  object::ValueBuilder builder;
  if (context.storage.find(*schema, find, builder) == 0) return std::nullopt;
  return builder.take().as<Object>();
}

Object member_or_empty(const Object& map, std::string_view key) {
  const Value* value = map.find(key);
  const Object* members = value ? value->get_if<Object>() : nullptr;
  return members ? *members : Object();
}

void hide_master_only(Object& params, Object& master_only) {
  for (const auto& [name, hidden] : Object(master_only)) {
    if (!hidden.truthy()) continue;
    params.erase(name);
    master_only.erase(name);
  }
}

object::Update to_changes(const Object& body) {
  const Object params = member_or_empty(body, "params");
  const Object master_only = member_or_empty(body, "masterKeyOnly");
  object::Update changes;
  for (const auto& [name, value] : params) {
    const Value* hidden = master_only.find(name);
    object::UpdateOp op = object::read_update_op(value);
    if (const auto* set = std::get_if<object::SetValue>(&op)) object::check_nested_keys(set->value);
    changes.push_back({"params." + name, std::move(op)});
    changes.push_back({"masterKeyOnly." + name, object::SetValue{hidden != nullptr && hidden->truthy()}});
  }
  return changes;
}

/// The triggers around one change.
class ConfigHooks {
 public:
  explicit ConfigHooks(const Context& context)
      : context_(context),
        before_(find_hook(context, HookKind::kBeforeSave, kHookClass)),
        after_(find_hook(context, HookKind::kAfterSave, kHookClass)) {
    if (before_ == nullptr && after_ == nullptr) return;
    if (const auto stored = stored_config(context)) original_ = member_or_empty(*stored, "params");
  }

  void before(Object params) const {
    if (before_ != nullptr) call(*before_, HookKind::kBeforeSave, std::move(params), false);
  }
  void after(Object params, bool is_stored) const {
    if (after_ != nullptr) call(*after_, HookKind::kAfterSave, std::move(params), is_stored);
  }

 private:
  void call(const cloud::Hook& hook, HookKind kind, Object params, bool is_stored) const {
    Object request{{"className", kHookClass}, {"object", std::move(params)}, {"isStored", is_stored}};
    if (original_) request.append("original", *original_);
    run_trigger(context_, hook, {kind, kHookClass, std::move(request)});
  }

  const Context& context_;
  const cloud::Hook* before_;
  const cloud::Hook* after_;
  std::optional<Object> original_;
};

/// The row as it is then; nullopt when it was made just now.
std::optional<Object> store_changes(const Context& context, const object::Update& changes) {
  const std::string class_name(kClass);
  const WriteSchema write = prepare_schema(context, class_name, changes, false);
  const object::Date now{context.now};
  if (auto stored = context.storage.update(*write.schema, {class_name, the_row(), changes, now})) return stored;
  Object row{
      {"objectId", kId}, {"createdAt", now}, {"updatedAt", now}, {"params", Object()}, {"masterKeyOnly", Object()}};
  for (const auto& [path, op] : changes) object::apply_update_at(row, path, op);
  context.storage.create(*write.schema, class_name, row);
  return std::nullopt;
}

}  // namespace

Object read_config(const Context& context) {
  const auto stored = stored_config(context);
  if (!stored) return {{"params", Object()}};
  Object params = member_or_empty(*stored, "params");
  Object master_only = member_or_empty(*stored, "masterKeyOnly");
  if (!context.principal.is_master()) hide_master_only(params, master_only);
  return {{"params", std::move(params)}, {"masterKeyOnly", std::move(master_only)}};
}

void update_config(const Context& context, const Object& body) {
  context.settings.denied_keywords.check(body);
  const object::Update changes = to_changes(body);
  const ConfigHooks hooks(context);
  hooks.before(member_or_empty(body, "params"));
  if (const auto stored = store_changes(context, changes))
    hooks.after(member_or_empty(*stored, "params"), true);
  else
    hooks.after(member_or_empty(body, "params"), false);
}

}  // namespace parse::rest
