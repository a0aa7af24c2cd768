#include "rest/remove.h"

#include <utility>

#include "base/error.h"
#include "rest/access.h"
#include "rest/hooks.h"
#include "rest/read.h"
#include "rest/schema_service.h"
#include "rest/write_rules.h"

namespace parse::rest {
namespace {

using cloud::HookKind;
using object::Object;

/// The hooks around one deletion. Source: parse-server rest.js del.
class RemovalHooks {
 public:
  RemovalHooks(const Context& context, const ObjectId& object)
      : context_(context),
        object_(object),
        before_(find_hook(context, HookKind::kBeforeDelete, object.class_name)),
        after_(find_hook(context, HookKind::kAfterDelete, object.class_name)) {}

  /// Throws kObjectNotFound (101), or what the hook threw.
  void before() {
    if (before_ == nullptr && after_ == nullptr) return;
    object::Array rows = read_objects(context_, authorize_writable(context_, object_, schema::Operation::kDelete));
    if (rows.empty()) throw Error(ErrorCode::kObjectNotFound, "Object not found for delete.");
    row_ = std::move(*rows.front().get_if<Object>());
    if (before_ != nullptr) run_trigger(context_, *before_, call_of(HookKind::kBeforeDelete));
  }
  void after() {
    if (after_ != nullptr) run_trigger(context_, *after_, call_of(HookKind::kAfterDelete));
  }

 private:
  HookCall call_of(HookKind kind) const {
    return {kind, object_.class_name,
            Object{{"className", object_.class_name},
                   {"objectId", object_.id},
                   {"object", request_object(object_.class_name, row_)}}};
  }

  const Context& context_;
  const ObjectId& object_;
  const cloud::Hook* before_;
  const cloud::Hook* after_;
  Object row_;
};

}  // namespace

void remove(const Context& context, const ObjectId& object) {
  check_class_access(context, object.class_name, "delete");
  const auto rules = write_rules_of(object.class_name);
  if (rules) rules->begin_removal(context, object);
  RemovalHooks hooks(context, object);
  hooks.before();
  const query::Where where = writable_object(context, object, schema::Operation::kDelete);
  const auto schema = context.schemas.snapshot();
  if (schema->find(object.class_name) == nullptr) return;
  if (context.storage.remove(*schema, object.class_name, where) == 0) {
    if (rules) rules->removal_refused(context, object);
    throw Error(ErrorCode::kObjectNotFound, "Object not found.");
  }
  if (rules) rules->end_removal(context, object);
  hooks.after();
}

}  // namespace parse::rest
