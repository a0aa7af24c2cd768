#include "rest/write_rules.h"

#include "rest/accounts.h"
#include "rest/installation_rules.h"
#include "rest/role_rules.h"
#include "rest/schema_service.h"
#include "rest/session_rules.h"
#include "rest/user_rules.h"

namespace parse::rest {

std::unique_ptr<WriteRules> write_rules_of(std::string_view class_name) {
  if (!class_name.starts_with('_')) return nullptr;
  if (class_name == "_User") return std::make_unique<UserRules>();
  if (class_name == "_Session") return std::make_unique<SessionRules>();
  if (class_name == kInstallationClass) return std::make_unique<InstallationRules>();
  if (class_name == "_Role") return std::make_unique<RoleRules>();
  return nullptr;
}

Context as_master(const Context& context) {
  Context master = context;
  master.principal = {};
  master.principal.kind = auth::PrincipalKind::kMaster;
  master.cloud = nullptr;
  return master;
}

Context as_user(const Context& context, const std::string& user_id) {
  Context user = context;
  if (context.principal.bypasses_permissions()) return user;
  user.principal = {};
  user.principal.kind = auth::PrincipalKind::kUser;
  user.principal.user_id = user_id;
  user.principal.roles = *context.accounts.roles.of_user(*context.schemas.snapshot(), user_id);
  return user;
}

}  // namespace parse::rest
