#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "object/value.h"

/// Class-level permissions as people write them: lists of who may do what.
namespace parse::schema {

/// The seven operations, in the order in which they are shown.
const std::vector<std::string>& operation_names();

/// One entry as it is written: "public" is "*", "user:ID" the id. Throws kInvalidJson (107) for an empty text, or a
/// prefix without a name.
std::string normal_entity(std::string_view text);

/// Who is in the rule of one operation (`{"*":true,"role:a":true,"pointerFields":["owner"]}`): "*", "authenticated",
/// "role:Name", "pointer:field", user ids; in this order, each sorted.
std::vector<std::string> to_entities(const object::Object& rule);
/// The other way round. Throws as normal_entity.
object::Object to_rule(const std::vector<std::string>& entities);
/// "*, role:admin"; "nobody" for none.
std::string entities_text(const std::vector<std::string>& entities);

/// `classLevelPermissions` in the form of schema files: `{"find":["*"], …, "readUserFields"?, "writeUserFields"?,
/// "protectedFields"?, "ACL"?}`, with every operation and a fixed order. What has no effect is left out, so permissions
/// that mean the same are equal in this form.
object::Object permissions_document(const object::Object& permissions);
/// The other way round; an operation that is missing is open to nobody. Throws kInvalidJson (107) naming the key that
/// is unknown or of another shape.
object::Object read_permissions_document(const object::Object& document);

/// What differs between two `classLevelPermissions`, either may be null: "find * -> role:admin; count * -> nobody".
/// Empty when they mean the same.
std::string change_text(const object::Value& before, const object::Value& after);

}  // namespace parse::schema
