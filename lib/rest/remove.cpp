#include "rest/remove.h"

#include "base/error.h"
#include "rest/access.h"
#include "rest/schema_service.h"
#include "rest/write_rules.h"

namespace parse::rest {

void remove(const Context& context, const ObjectId& object) {
  check_class_access(context, object.class_name, "delete");
  const auto rules = write_rules_of(object.class_name);
  if (rules) rules->begin_removal(context, object);
  const query::Where where = writable_object(context, object, schema::Operation::kDelete);
  const auto schema = context.schemas.snapshot();
  if (schema->find(object.class_name) == nullptr) return;
  if (context.storage.remove(*schema, object.class_name, where) == 0) {
    if (rules) rules->removal_refused(context, object);
    throw Error(ErrorCode::kObjectNotFound, "Object not found.");
  }
  if (rules) rules->end_removal(context, object);
}

}  // namespace parse::rest
