#include "rest/save_hooks.h"

#include <utility>

#include "logging/logger.h"
#include "rest/access.h"
#include "rest/read.h"
#include "rest/schema_service.h"

namespace parse::rest {
namespace {

using cloud::HookKind;
using object::Object;
using object::Value;

bool is_operator(const Value& value) {
  const Object* map = value.get_if<Object>();
  return map != nullptr && map->contains("__op");
}

bool is_delete(const Value& value) {
  const Object* map = value.get_if<Object>();
  const Value* op = map ? map->find("__op") : nullptr;
  return op != nullptr && *op == Value("Delete");
}

}  // namespace

bool has_save_hooks(const Context& context, std::string_view class_name) {
  return find_hook(context, HookKind::kBeforeSave, class_name) != nullptr ||
         find_hook(context, HookKind::kAfterSave, class_name) != nullptr;
}

SaveHooks::SaveHooks(const Context& context, const std::string& class_name)
    : context_(context),
      before_(find_hook(context, HookKind::kBeforeSave, class_name)),
      after_(find_hook(context, HookKind::kAfterSave, class_name)) {}

/// Nothing is found where the caller may not write.
void SaveHooks::read_original(const Draft& draft) {
  const ObjectId id{draft.class_name, draft.id};
  object::Array rows = read_objects(context_, authorize_writable(context_, id, schema::Operation::kUpdate));
  if (!rows.empty() && context_.settings.protection.trigger_exempt) {
    const Context all = as_master(context_);
    rows = read_objects(all, authorize_writable(all, id, schema::Operation::kUpdate));
  }
  if (rows.empty()) throw Error(ErrorCode::kObjectNotFound, "Object not found.");
  original_ = std::move(*rows.front().get_if<Object>());
}

void SaveHooks::before(Draft& draft) {
  if (before_ == nullptr && after_ == nullptr) return;
  if (draft.creating)
    check_create_permission(context_, draft.class_name);
  else
    read_original(draft);
  if (before_ == nullptr) return;
  Object request{{"className", draft.class_name}, {"changes", draft.body}};
  if (original_) {
    request.append("objectId", draft.id);
    request.append("original", request_object(draft.class_name, *original_));
  }
  Object outcome = run_trigger(context_, *before_, {HookKind::kBeforeSave, draft.class_name, std::move(request)});
  Value* object = outcome.find("object");
  if (object == nullptr || !object->is<Object>()) return;
  const Value* replaces = outcome.find("replaces");
  if (replaces == nullptr || !replaces->truthy()) note_reverted(draft.body, object->as<Object>());
  take_over(draft, std::move(*object->get_if<Object>()));
}

/// Fields of the body that the trigger has taken back.
void SaveHooks::note_reverted(const Object& body, const Object& changed) {
  for (const auto& [key, value] : body) {
    if (changed.contains(key) || key.find('.') != std::string::npos || key == "objectId") continue;
    const Value* before = original_ ? original_->find(key) : nullptr;
    changed_.set(key, before ? *before : Value(Object{{"__op", "Delete"}}));
  }
}

void SaveHooks::take_over(Draft& draft, Object changed) {
  for (const char* key : {"createdAt", "updatedAt", "className"}) changed.erase(key);
  if (!draft.creating || !draft.body.contains("objectId")) changed.erase("objectId");
  for (const auto& [key, value] : changed) {
    const Value* given = draft.body.find(key);
    if (given == nullptr || !(*given == value)) changed_.set(key, value);
  }
  draft.body = std::move(changed);
}

void SaveHooks::tell_changes(Object& response) const {
  for (const auto& [key, value] : changed_) {
    if (key == "password") continue;
    if (is_operator(value) ? is_delete(value) : !response.contains(key)) response.set(key, value);
  }
}

void SaveHooks::after(const Draft& draft, Object stored, Object& response) {
  if (after_ == nullptr) return;
  Object object = request_object(draft.class_name, std::move(stored));
  // A user who has just signed up is logged in.
  if (const Value* token = response.find("sessionToken")) object.set("sessionToken", *token);
  // With an afterSave a user's name is always told, as in the reference.
  const Value* username = draft.class_name == "_User" ? object.find("username") : nullptr;
  if (username != nullptr) response.set("username", *username);
  // What operators left inside a field is told with the whole field.
  for (auto& [key, value] : response) {
    const Value* whole = value.is<Object>() ? object.find(key) : nullptr;
    if (whole != nullptr) value = *whole;
  }
  Object request{
      {"className", draft.class_name}, {"objectId", draft.id}, {"object", object}, {"created", draft.creating}};
  if (original_) request.append("original", request_object(draft.class_name, *original_));
  try {
    Object outcome = run_trigger(context_, *after_, {HookKind::kAfterSave, draft.class_name, std::move(request)});
    if (Value* instead = outcome.find("response"); instead != nullptr && instead->is<Object>()) {
      response = std::move(*instead->get_if<Object>());
    } else if (const Value* seen = outcome.find("changes"); seen != nullptr && seen->is<Object>()) {
      for (const auto& [key, value] : seen->as<Object>()) response.set(key, value);
    }
  } catch (const Error& error) {
    logging::warn("afterSave of {} failed: {}", draft.class_name, error.message());
  }
}

}  // namespace parse::rest
