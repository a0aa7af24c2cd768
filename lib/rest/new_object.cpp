#include "rest/new_object.h"

#include <utility>

#include "crypto/random.h"
#include "rest/access.h"
#include "rest/changes.h"
#include "rest/visibility.h"
#include "rest/write_schema.h"
#include "schema/field_type.h"
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

bool clears_with_null(const object::UpdateOp& op) {
  const auto* set = std::get_if<object::SetValue>(&op);
  return set != nullptr && set->value.is_null();
}

/// Fields of the new object, and the response's share of them.
void apply_changes(const Update& changes, Object& stored, Object& response) {
  for (const auto& [path, op] : changes) {
    if (std::holds_alternative<object::ChangeRelation>(op) || clears_with_null(op)) continue;
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

/// The object as it is to be stored, and its share of the response.
Object build_object(const Draft& draft, const WriteSchema& write, const Times& times, Object& response) {
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

}  // namespace

void check_create(const Context& context, const std::string& class_name, const Object& body) {
  check_class_access(context, class_name, "create");
  check_chosen_id(context, body);
  check_class_exists(context, class_name);
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

NewObject draw_up(Draft& draft, WriteRules* rules) {
  const Context& context = draft.context;
  check_create_permission(context, draft.class_name);
  const std::string id = take_object_id(context, draft.class_name, draft.body);
  const Times times = take_times(context, draft.body);
  draft.changes = read_changes(context, std::move(draft.body));
  WriteSchema write = prepare_schema(context, draft.class_name, draft.changes, true);
  if (rules != nullptr) rules->settle(draft);
  draft.id = id;
  NewObject made;
  made.id = id;
  made.stored = build_object(draft, write, times, made.response);
  made.schema = std::move(write.schema);
  if (rules != nullptr) rules->complete(draft, made.stored);
  return made;
}

void store_new(const Context& context, const std::string& class_name, const Update& changes, const NewObject& made) {
  try {
    context.storage.create(*made.schema, class_name, made.stored);
  } catch (const storage::StaleSchema&) {
    if (context.storage.is_transaction()) throw;
    const WriteSchema renewed = prepare_schema_again(context, class_name, changes, true);
    context.storage.create(*renewed.schema, class_name, made.stored);
  }
}

void follow_up(const Context& context, const ObjectId& object, const Update& changes, Object& response) {
  for (const auto& [key, op] : changes) {
    const auto* change = std::get_if<object::ChangeRelation>(&op);
    if (change != nullptr) context.storage.change_relation({object.class_name, object.id}, key, *change);
  }
  hide_in_response(context, object.class_name, object.id, response);
}

}  // namespace parse::rest
