#include "rest/role_rules.h"

#include "rest/accounts.h"

namespace parse::rest {

std::optional<Written> RoleRules::begin(Draft& draft) {
  const object::Value* value = draft.body.find("ACL");
  const object::Object* acl = value ? value->get_if<object::Object>() : nullptr;
  if (!draft.creating && acl != nullptr && acl->contains("__op")) {
    throw Error(ErrorCode::kIncorrectType, "ACL is required.");
  }
  return std::nullopt;
}

void RoleRules::end(const Draft& draft, const object::Object&, object::Object&) {
  draft.context.accounts.roles.forget_all();
}

void RoleRules::end_removal(const Context& context, const ObjectId&) { context.accounts.roles.forget_all(); }

}  // namespace parse::rest
