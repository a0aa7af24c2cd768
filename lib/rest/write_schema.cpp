#include "rest/write_schema.h"

#include <utility>

#include "base/error.h"
#include "rest/access.h"
#include "rest/denial.h"
#include "rest/schema_service.h"
#include "schema/default_classes.h"
#include "schema/validate.h"

namespace parse::rest {
namespace {

WriteSchema current(const Context& context, const std::string& class_name) {
  WriteSchema found{context.schemas.snapshot(), nullptr, std::nullopt};
  found.class_schema = found.schema->find(class_name);
  return found;
}

}  // namespace

WriteSchema prepare_schema(const Context& context, const std::string& class_name, const object::Update& changes,
                           bool creating) {
  const schema::ValidateOptions options{creating, context.principal.is_maintenance()};
  WriteSchema known = current(context, class_name);
  std::vector<schema::Field> missing;
  std::optional<query::Condition> reach;
  if (known.class_schema != nullptr) {
    missing = schema::validate(*known.class_schema, changes, options);
    if (missing.empty()) return known;
    reach = check_class_permission(context, class_name, schema::Operation::kAddField, !creating);
    if (reach && creating) {
      throw denial(context.settings, ErrorCode::kOperationForbidden,
                   "Permission denied for action addField on class " + class_name + ".");
    }
  } else {
    missing = schema::validate(schema::default_class(class_name), changes, options);
  }
  if (context.storage.is_transaction()) {
    throw Error(ErrorCode::kInternal, "Internal server error.",
                "class " + class_name + " is not ready for this transaction");
  }
  context.schemas.add_fields(class_name, missing);
  known = current(context, class_name);
  // Another request may have made one of the fields first, with a type of its own.
  schema::validate(*known.class_schema, changes, options);
  known.reach = std::move(reach);
  return known;
}

WriteSchema prepare_schema_again(const Context& context, const std::string& class_name, const object::Update& changes,
                                 bool creating) {
  context.schemas.reload();
  check_class_exists(context, class_name);
  return prepare_schema(context, class_name, changes, creating);
}

}  // namespace parse::rest
