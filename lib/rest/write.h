#pragma once

#include <string>

#include "object/value.h"
#include "rest/context.h"
#include "rest/object_id.h"
#include "rest/write_rules.h"

namespace parse::rest {

/// Creates an object from a POST body; makes the class and its fields when they are new. The response holds objectId,
/// createdAt, what operators left in their fields, and what defaults set; built-in classes have rules of their own.
/// Errors: 101, 103-105, 107, 108, 111, 119, 121, 123, 137, 142 as documented, and those of the class's WriteRules.
/// Source: REST guide, "Creating Objects"; parse-server RestWrite.
Written create(const Context& context, const std::string& class_name, object::Object body);

/// Changes an object by a PUT body. Returns updatedAt and what operators left in their fields.
/// Errors: as create; kObjectNotFound (101) when it does not exist or the caller may not write it.
object::Object update(const Context& context, const ObjectId& object, object::Object body);

/// Makes the class and fields that a create or update with this body will need, with all checks but those on objects.
/// Before a transaction begins: inside one the schema cannot change. Errors: as create and update.
void prepare_create(const Context& context, const std::string& class_name, object::Object body);
void prepare_update(const Context& context, const std::string& class_name, object::Object body);

/// The JSON of what create and update return.
std::string write_response_json(const object::Object& response);

}  // namespace parse::rest
