#include "rest/write_rules.h"

#include "rest/installation_rules.h"
#include "rest/role_rules.h"
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
  return master;
}

}  // namespace parse::rest
