#pragma once

#include <memory>
#include <string>

#include "object/update_op.h"
#include "object/value.h"
#include "rest/context.h"
#include "rest/object_id.h"
#include "rest/write_rules.h"
#include "schema/class_schema.h"

/// How a POST body becomes an object that can be stored. For rest/write and rest/write_many.
namespace parse::rest {

/// A new object, complete, that only has to be stored.
struct NewObject {
  std::string id;
  object::Object stored;
  /// What the client will be told of it.
  object::Object response;
  /// Holds its class and fields.
  std::shared_ptr<const schema::Schema> schema;
};

/// What can be checked before the body is read: access to the class, whether it may be made, chosen ids.
/// Errors: 104, 105, 119. Source: parse-server RestWrite.
void check_create(const Context& context, const std::string& class_name, const object::Object& body);
/// The id of the new object: the one chosen in the body, which is taken out of it, or a new one. Throws kIncorrectType
/// (111).
std::string take_object_id(const Context& context, std::string_view class_name, object::Object& body);

/// Checks permissions, reads `draft.body` into `draft.changes`, makes class and fields that are new, applies defaults.
/// `rules` may be nullptr. Errors: those of rest::create but for kDuplicateValue (137).
NewObject draw_up(Draft& draft, WriteRules* rules);
/// Stores it; `changes` are what was read from the body. Errors: kDuplicateValue (137) and those of storage.
void store_new(const Context& context, const std::string& class_name, const object::Update& changes,
               const NewObject& made);
/// What comes once the object is stored: its relations; what the caller may not see leaves the response.
void follow_up(const Context& context, const ObjectId& object, const object::Update& changes, object::Object& response);

}  // namespace parse::rest
