#include "api/session_check.h"

#include "http/text.h"
#include "rest/accounts.h"
#include "rest/schema_service.h"

namespace parse::api {
namespace {

bool is_route(std::string_view path, std::string_view route) {
  if (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  return http::iequals(path, route);
}

std::string user_of(const rest::Context& context, const SessionUse& use, const std::string& token) {
  const auto schema = context.schemas.snapshot();
  auth::Sessions& sessions = context.accounts.sessions;
  if (!token.starts_with("r:") && is_route(use.path, "/upgradeToRevocableSession")) {
    return sessions.authenticate_legacy(*schema, token);
  }
  return sessions.authenticate(*schema, token, context.now)->user_id;
}

}  // namespace

void check_session(const Credentials& credentials, const SessionUse& use, rest::Context& context) {
  if (!credentials.session_token || credentials.session_token->empty()) return;
  auth::Principal& principal = context.principal;
  if (!principal.bypasses_permissions() && is_route(use.path, "/login")) return;
  principal.session_token = *credentials.session_token;
  if (principal.bypasses_permissions()) return;
  if (use.method == http::Method::kGet && is_route(use.path, "/sessions/me")) return;
  principal.user_id = user_of(context, use, principal.session_token);
  principal.kind = auth::PrincipalKind::kUser;
  principal.roles = *context.accounts.roles.of_user(*context.schemas.snapshot(), principal.user_id);
}

}  // namespace parse::api
