#include "rest/role_rules.h"

#include "rest/accounts.h"

namespace parse::rest {

void RoleRules::end(const Draft& draft, const object::Object&, object::Object&) {
  draft.context.accounts.roles.forget_all();
}

}  // namespace parse::rest
