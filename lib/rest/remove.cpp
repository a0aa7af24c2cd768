#include "rest/remove.h"

#include "base/error.h"
#include "rest/access.h"
#include "rest/schema_service.h"

namespace parse::rest {

void remove(const Context& context, const ObjectId& object) {
  check_class_access(context, object.class_name, "delete");
  const query::Where where = writable_object(context, object, schema::Operation::kDelete);
  const auto schema = context.schemas.snapshot();
  if (schema->find(object.class_name) == nullptr) return;
  if (context.storage.remove(*schema, object.class_name, where) == 0) {
    throw Error(ErrorCode::kObjectNotFound, "Object not found.");
  }
}

}  // namespace parse::rest
