#include "rest/write.h"

#include <utility>

#include "object/json.h"
#include "rest/access.h"
#include "rest/changes.h"
#include "rest/installation_rules.h"
#include "rest/new_object.h"
#include "rest/save_hooks.h"
#include "rest/schema_service.h"
#include "rest/write_schema.h"
#include "schema/names.h"
#include "schema/validate.h"

namespace parse::rest {
namespace {

using object::Date;
using object::Object;
using object::Update;
using object::Value;

bool is_null(const object::UpdateOp& op) {
  const auto* set = std::get_if<object::SetValue>(&op);
  return set != nullptr && set->value.is_null();
}

/// Null and Delete need no field, and make none: they are dropped where the class has none.
void drop_absent_fields(const schema::ClassSchema& class_schema, Update& changes) {
  std::erase_if(changes, [&](const object::FieldUpdate& change) {
    const bool clears = is_null(change.op) || std::holds_alternative<object::DeleteField>(change.op);
    return clears && class_schema.find_field(schema::root_field(change.path)) == nullptr;
  });
}

/// Copies the value at `path` below `field` into the same place of the response.
void echo_nested(std::string_view path, const Value& field, Object& response) {
  const Value* from = &field;
  Object* to = &response;
  std::size_t start = 0;
  for (std::size_t dot = path.find('.'); dot != std::string_view::npos; dot = path.find('.', start)) {
    const std::string_view step = path.substr(start, dot - start);
    if (start > 0) from = from->get_if<Object>() ? from->get_if<Object>()->find(step) : nullptr;
    if (from == nullptr) return;
    Value* below = to->find(step);
    if (below == nullptr || !below->is<Object>()) below = &to->set(step, Object());
    to = below->get_if<Object>();
    start = dot + 1;
  }
  const Object* parent = from->get_if<Object>();
  const Value* value = parent ? parent->find(path.substr(start)) : nullptr;
  if (value != nullptr) to->set(path.substr(start), *value);
}

/// What the operators of an update left: read from the object as it is now; a dotted path gives its whole first field's
/// nesting. Source: parse-server DatabaseController _sanitizeDatabaseResult.
void echo_results(const Update& changes, const Object& stored, Object& response) {
  for (const auto& [path, op] : changes) {
    if (!is_echoed(op)) continue;
    const std::size_t dot = path.find('.');
    const Value* field = stored.find(path.substr(0, dot));
    if (field == nullptr) continue;
    if (dot == std::string::npos || field->is<object::Array>()) {
      response.set(path.substr(0, dot), *field);
    } else {
      echo_nested(path, *field, response);
    }
  }
}

void check_update(const Context& context, const std::string& class_name) {
  check_class_access(context, class_name, "update");
  check_class_exists(context, class_name);
}

/// Calls `work` and lets the rules name the error that a client sees when storage refuses.
template <typename Work>
auto with_refusals(WriteRules* rules, const Draft& draft, Work work) {
  try {
    return work();
  } catch (const Error& error) {
    if (rules != nullptr) rules->refused(draft, error);
    throw;
  }
}

/// The object as it is after the update. Throws kObjectNotFound (101).
Object store_update(const Draft& draft, const WriteSchema& write) {
  const Context& context = draft.context;
  const storage::UpdateRequest request{draft.class_name, draft.where, draft.changes, Date{context.now}};
  const auto found = [&] {
    try {
      return context.storage.update(*write.schema, request);
    } catch (const storage::StaleSchema&) {
      if (context.storage.is_transaction()) throw;
      const WriteSchema renewed = prepare_schema_again(context, draft.class_name, draft.changes, false);
      return context.storage.update(*renewed.schema, request);
    }
  };
  auto stored = found();
  if (!stored) throw Error(ErrorCode::kObjectNotFound, "Object not found.");
  return std::move(*stored);
}

/// The rest of an update, once it is clear which object it is about.
Object change_object(Draft& draft, WriteRules* rules) {
  const Context& context = draft.context;
  SaveHooks hooks(context, draft.class_name);
  hooks.before(draft);
  draft.where = writable_object(context, {draft.class_name, draft.id}, schema::Operation::kUpdate);
  draft.body.erase("objectId");
  draft.changes = read_changes(context, std::move(draft.body));
  const WriteSchema write = prepare_schema(context, draft.class_name, draft.changes, false);
  if (write.reach) draft.where.conditions.push_back(*write.reach);
  schema::check_required(*write.class_schema, draft.changes);
  drop_absent_fields(*write.class_schema, draft.changes);
  if (rules != nullptr) rules->settle(draft);
  Object stored = with_refusals(rules, draft, [&] { return store_update(draft, write); });
  Object response;
  echo_results(draft.changes, stored, response);
  response.set("updatedAt", Date{context.now});
  hide_in_response(context, draft.class_name, draft.id, response);
  hooks.tell_changes(response);
  if (rules != nullptr) rules->end(draft, stored, response);
  hooks.after(draft, std::move(stored), response);
  hide_in_response(context, draft.class_name, draft.id, response);
  return response;
}

Written create_object(const Context& context, const std::string& class_name, Object body) {
  check_create(context, class_name, body);
  Draft draft{context, class_name, {}, true, std::move(body), {}, {}};
  const auto rules = write_rules_of(class_name);
  if (rules) {
    if (auto done = rules->begin(draft)) return std::move(*done);
    if (!draft.creating) return {change_object(draft, rules.get()), draft.id, false};
  }
  SaveHooks hooks(context, class_name);
  hooks.before(draft);
  NewObject made = draw_up(draft, rules.get());
  with_refusals(rules.get(), draft, [&] { store_new(context, class_name, draft.changes, made); });
  follow_up(context, {class_name, made.id}, draft.changes, made.response);
  hooks.tell_changes(made.response);
  if (rules) rules->end(draft, made.stored, made.response);
  hooks.after(draft, std::move(made.stored), made.response);
  hide_in_response(context, class_name, made.id, made.response);
  return {std::move(made.response), std::move(made.id), true};
}

/// How often a write is begun anew because another request has just made the row it is about.
constexpr int kAttempts = 5;

/// Two requests that make the same installation at the same time are told apart by the unique index of storage; the one
/// that lost finds the row when it begins anew.
template <typename Write>
auto again_when_outrun(std::string_view class_name, Object body, Write write) {
  const int attempts = class_name == kInstallationClass ? kAttempts : 1;
  for (int attempt = 1; attempt < attempts; ++attempt) {
    try {
      return write(body);
    } catch (const Error& error) {
      if (error.code() != ErrorCode::kDuplicateValue) throw;
    }
  }
  return write(std::move(body));
}

}  // namespace

void prepare_create(const Context& context, const std::string& class_name, Object body) {
  check_create(context, class_name, body);
  check_create_permission(context, class_name);
  take_object_id(context, class_name, body);
  if (class_name == "_User") context.schemas.ensure_class("_Session");
  prepare_schema(context, class_name, read_changes(context, std::move(body)), true);
}

void prepare_update(const Context& context, const std::string& class_name, Object body) {
  check_update(context, class_name);
  body.erase("objectId");
  prepare_schema(context, class_name, read_changes(context, std::move(body)), false);
}

Written create(const Context& context, const std::string& class_name, Object body) {
  return again_when_outrun(class_name, std::move(body),
                           [&](Object sent) { return create_object(context, class_name, std::move(sent)); });
}

Object update(const Context& context, const ObjectId& object, Object body) {
  return again_when_outrun(object.class_name, std::move(body), [&](Object sent) {
    check_update(context, object.class_name);
    Draft draft{context, object.class_name, object.id, false, std::move(sent), {}, {}};
    const auto rules = write_rules_of(object.class_name);
    if (rules) {
      if (auto done = rules->begin(draft)) return std::move(done->response);
    }
    return change_object(draft, rules.get());
  });
}

std::string write_response_json(const Object& response) {
  std::string json;
  object::JsonWriter writer(json);
  object::emit_object(response, writer);
  return json;
}

}  // namespace parse::rest
