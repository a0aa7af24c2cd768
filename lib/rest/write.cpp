#include "rest/write.h"

#include <utility>

#include "crypto/random.h"
#include "object/json.h"
#include "rest/access.h"
#include "rest/changes.h"
#include "rest/denial.h"
#include "rest/installation_rules.h"
#include "rest/schema_service.h"
#include "rest/write_schema.h"
#include "schema/field_type.h"
#include "schema/names.h"
#include "schema/validate.h"

namespace parse::rest {
namespace {

using object::Date;
using object::Object;
using object::Update;
using object::Value;

bool is_truthy(const Object& body, std::string_view key) {
  const Value* value = body.find(key);
  return value != nullptr && value->truthy();
}

/// Who may choose ids: with allowCustomObjectId everybody, otherwise nobody.
void check_chosen_id(const Context& context, const Object& body) {
  if (context.settings.allow_custom_object_id) {
    if (body.contains("objectId") && !is_truthy(body, "objectId")) {
      throw Error(ErrorCode::kMissingObjectId, "objectId must not be empty, null or undefined");
    }
    return;
  }
  if (is_truthy(body, "objectId")) throw Error(ErrorCode::kInvalidKeyName, "objectId is an invalid field name.");
  if (is_truthy(body, "id")) throw Error(ErrorCode::kInvalidKeyName, "id is an invalid field name.");
}

std::string take_object_id(const Context& context, std::string_view class_name, Object& body) {
  std::string id;
  if (const Value* chosen = body.find("objectId"); chosen != nullptr && chosen->truthy()) {
    if (!chosen->is<std::string>()) {
      schema::throw_mismatch(class_name, "objectId", {schema::FieldKind::kString, {}}, *schema::type_of(*chosen));
    }
    id = chosen->as<std::string>();
  }
  body.erase("objectId");
  return id.empty() ? crypto::new_object_id(context.settings.object_id_size) : id;
}

struct Times {
  Date created;
  Date updated;
};

/// The maintenance key may set both times of a new object, to move data in.
Times take_times(const Context& context, Object& body) {
  Times times{{context.now}, {context.now}};
  if (!context.principal.is_maintenance()) return times;
  const auto date_of = [&](std::string_view key) {
    const Value* value = body.find(key);
    return value ? value->get_if<Date>() : nullptr;
  };
  const Date* created = date_of("createdAt");
  if (created == nullptr) return times;
  const Date* updated = date_of("updatedAt");
  times = {*created, updated ? *updated : *created};
  if (times.updated < times.created)
    throw Error(ErrorCode::kValidationError, "updatedAt cannot occur before createdAt");
  return times;
}

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

/// Fields of the new object, and the response's share of them.
void apply_changes(const Update& changes, Object& stored, Object& response) {
  for (const auto& [path, op] : changes) {
    if (std::holds_alternative<object::ChangeRelation>(op) || is_null(op)) continue;
    object::apply_update_at(stored, path, op);
    if (is_echoed(op)) response.set(path, *object::apply_to_absent(op));
  }
}

/// The class's default ACL, its `currentUser` entry being the caller. Source: parse-server setRequiredFieldsIfNeeded.
void set_default_acl(const Context& context, const schema::ClassSchema& class_schema, Object& stored,
                     Object& response) {
  const Value* rule = class_schema.permissions ? class_schema.permissions->find("ACL") : nullptr;
  const Object* acl = rule ? rule->get_if<Object>() : nullptr;
  if (acl == nullptr || is_truthy(stored, "ACL")) return;
  const Object open{{"*", Object{{"read", true}, {"write", true}}}};
  if (*acl == open) return;
  Object own = *acl;
  if (const Value* current = own.find("currentUser")) {
    if (!context.principal.user_id.empty()) own.set(context.principal.user_id, *current);
    own.erase("currentUser");
  }
  stored.set("ACL", own);
  response.set("ACL", std::move(own));
}

void change_relations(const Context& context, const ObjectId& owner, const Update& changes) {
  for (const auto& [key, op] : changes) {
    const auto* change = std::get_if<object::ChangeRelation>(&op);
    if (change != nullptr) context.storage.change_relation({owner.class_name, owner.id}, key, *change);
  }
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

void check_create(const Context& context, const std::string& class_name, const Object& body) {
  check_class_access(context, class_name, "create");
  check_chosen_id(context, body);
  check_class_exists(context, class_name);
}

void check_update(const Context& context, const std::string& class_name) {
  check_class_access(context, class_name, "update");
  check_class_exists(context, class_name);
}

/// The object as it is to be stored, and its share of the response.
Object build_object(Draft& draft, const WriteSchema& write, const Times& times, Object& response) {
  Object stored;
  stored.reserve(draft.changes.size() + 4);
  stored.append("objectId", draft.id);
  stored.append("createdAt", times.created);
  stored.append("updatedAt", times.updated);
  apply_changes(draft.changes, stored, response);
  response.set("objectId", draft.id);
  response.set("createdAt", times.created);
  set_default_acl(draft.context, *write.class_schema, stored, response);
  for (const std::string& field : schema::fill_defaults(*write.class_schema, stored))
    response.set(field, stored.at(field));
  return stored;
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

/// The rest of an update, once it is clear which object it is about.
Object change_object(Draft& draft, WriteRules* rules) {
  const Context& context = draft.context;
  draft.where = writable_object(context, {draft.class_name, draft.id}, schema::Operation::kUpdate);
  draft.body.erase("objectId");
  draft.changes = read_changes(context, std::move(draft.body));
  const WriteSchema write = prepare_schema(context, draft.class_name, draft.changes, false);
  if (write.reach) draft.where.conditions.push_back(*write.reach);
  schema::check_required(*write.class_schema, draft.changes);
  drop_absent_fields(*write.class_schema, draft.changes);
  if (rules != nullptr) rules->settle(draft);
  const auto stored = with_refusals(rules, draft, [&] {
    auto found =
        context.storage.update(*write.schema, {draft.class_name, draft.where, draft.changes, Date{context.now}});
    if (!found) throw Error(ErrorCode::kObjectNotFound, "Object not found.");
    return std::move(*found);
  });
  Object response;
  echo_results(draft.changes, stored, response);
  response.set("updatedAt", Date{context.now});
  hide_in_response(context, draft.class_name, draft.id, response);
  if (rules != nullptr) rules->end(draft, stored, response);
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
  check_create_permission(context, class_name);
  const std::string id = take_object_id(context, class_name, draft.body);
  const Times times = take_times(context, draft.body);
  draft.changes = read_changes(context, std::move(draft.body));
  const WriteSchema write = prepare_schema(context, class_name, draft.changes, true);
  if (rules) rules->settle(draft);
  draft.id = id;
  Object response;
  Object stored = build_object(draft, write, times, response);
  if (rules) rules->complete(draft, stored);
  with_refusals(rules.get(), draft, [&] { context.storage.create(*write.schema, class_name, stored); });
  change_relations(context, {class_name, id}, draft.changes);
  hide_in_response(context, class_name, id, response);
  if (rules) rules->end(draft, stored, response);
  return {std::move(response), id, true};
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
