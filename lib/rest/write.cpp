#include "rest/write.h"

#include <utility>

#include "crypto/random.h"
#include "object/json.h"
#include "rest/access.h"
#include "rest/changes.h"
#include "rest/denial.h"
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

/// Accounts, sessions, roles and installations have rules of their own, which this server does not have yet; storing
/// them without those rules would keep passwords in the clear.
void refuse_unruled_class(const Context& context, std::string_view class_name) {
  for (const std::string_view unruled : {"_User", "_Session", "_Role", "_Installation"}) {
    if (class_name != unruled) continue;
    throw denial(context.settings, ErrorCode::kOperationForbidden,
                 "Objects of this class cannot be written by this version.");
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
  refuse_unruled_class(context, class_name);
  check_chosen_id(context, body);
  check_class_exists(context, class_name);
  if (check_class_permission(context, class_name, schema::Operation::kCreate) == ClassReach::kNoObject) {
    throw denial(context.settings, ErrorCode::kOperationForbidden,
                 "Permission denied for action create on class " + class_name + ".");
  }
}

void check_update(const Context& context, const std::string& class_name) {
  check_class_access(context, class_name, "update");
  refuse_unruled_class(context, class_name);
  check_class_exists(context, class_name);
}

}  // namespace

void prepare_create(const Context& context, const std::string& class_name, Object body) {
  check_create(context, class_name, body);
  take_object_id(context, class_name, body);
  prepare_schema(context, class_name, read_changes(context, std::move(body)), true);
}

void prepare_update(const Context& context, const std::string& class_name, Object body) {
  check_update(context, class_name);
  body.erase("objectId");
  prepare_schema(context, class_name, read_changes(context, std::move(body)), false);
}

Object create(const Context& context, const std::string& class_name, Object body) {
  check_create(context, class_name, body);
  const std::string id = take_object_id(context, class_name, body);
  const Times times = take_times(context, body);
  const Update changes = read_changes(context, std::move(body));
  const WriteSchema write = prepare_schema(context, class_name, changes, true);

  Object stored;
  stored.reserve(changes.size() + 3);
  stored.append("objectId", id);
  stored.append("createdAt", times.created);
  stored.append("updatedAt", times.updated);
  Object response;
  apply_changes(changes, stored, response);
  response.set("objectId", id);
  response.set("createdAt", times.created);
  set_default_acl(context, *write.class_schema, stored, response);
  for (const std::string& field : schema::fill_defaults(*write.class_schema, stored))
    response.set(field, stored.at(field));
  context.storage.create(*write.schema, class_name, stored);
  change_relations(context, {class_name, id}, changes);
  return response;
}

Object update(const Context& context, const ObjectId& object, Object body) {
  check_update(context, object.class_name);
  const query::Where where = writable_object(context, object, schema::Operation::kUpdate);
  body.erase("objectId");
  Update changes = read_changes(context, std::move(body));
  const WriteSchema write = prepare_schema(context, object.class_name, changes, false);
  schema::check_required(*write.class_schema, changes);
  drop_absent_fields(*write.class_schema, changes);
  const storage::UpdateRequest request{object.class_name, where, changes, Date{context.now}};
  const auto stored = context.storage.update(*write.schema, request);
  if (!stored) throw Error(ErrorCode::kObjectNotFound, "Object not found.");
  Object response;
  echo_results(changes, *stored, response);
  response.set("updatedAt", Date{context.now});
  return response;
}

std::string write_response_json(const Object& response) {
  std::string json;
  object::JsonWriter writer(json);
  object::emit_object(response, writer);
  return json;
}

}  // namespace parse::rest
