#include "rest/session_rules.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/error.h"
#include "rest/access.h"
#include "rest/accounts.h"
#include "rest/new_session.h"
#include "rest/read.h"
#include "rest/schema_service.h"

namespace parse::rest {
namespace {

using object::Object;
using object::Value;

/// Who a session belongs to and how long it lasts is the server's to say.
constexpr std::array<std::string_view, 5> kOfServer = {"objectId", "user", "sessionToken", "expiresAt", "createdWith"};

void check_update_fields(const Draft& draft) {
  const auth::Principal& principal = draft.context.principal;
  const auto refuse = [&](std::string_view field) {
    if (draft.body.contains(field)) {
      throw Error(ErrorCode::kInvalidKeyName, "Invalid key name: " + std::string(field));
    }
  };
  const Value* user = draft.body.find("user");
  const auto* pointer = user ? user->get_if<object::Pointer>() : nullptr;
  const bool is_own = pointer != nullptr && pointer->object_id == principal.user_id;
  if (!principal.is_master() && !is_own) refuse("user");
  refuse("installationId");
  refuse("sessionToken");
  if (principal.bypasses_permissions()) return;
  refuse("expiresAt");
  refuse("createdWith");
}

}  // namespace

std::optional<Written> SessionRules::begin(Draft& draft) {
  const auth::Principal& principal = draft.context.principal;
  if (principal.user_id.empty() && !principal.bypasses_permissions()) {
    throw Error(ErrorCode::kInvalidSessionToken, "Session token required.");
  }
  if (draft.body.contains("ACL")) throw Error(ErrorCode::kInvalidKeyName, "Cannot set ACL on a Session.");
  if (!draft.creating) check_update_fields(draft);
  if (!draft.creating || principal.bypasses_permissions()) return std::nullopt;
  check_create_permission(draft.context, draft.class_name);
  NewSession session{principal.user_id, Object{{"action", "create"}}, {}};
  for (object::Member& member : draft.body) {
    if (std::find(kOfServer.begin(), kOfServer.end(), member.key) != kOfServer.end()) continue;
    session.extra.set(member.key, std::move(member.value));
  }
  Object made = create_session(draft.context, std::move(session));
  std::string id = made.at("objectId").as<std::string>();
  return Written{std::move(made), std::move(id), true};
}

void SessionRules::settle(Draft& draft) {
  const auth::Principal& principal = draft.context.principal;
  if (draft.creating || principal.bypasses_permissions()) return;
  draft.where.conditions.push_back(
      query::FieldCondition{"user", query::Equal{object::Pointer{"_User", principal.user_id}}});
}

void SessionRules::end(const Draft& draft, const Object& stored, Object&) {
  const Value* token = stored.find("sessionToken");
  if (token == nullptr || !token->is<std::string>()) return;
  draft.context.accounts.sessions.forget(token->as<std::string>());
  if (draft.creating) end_sessions_of_installation(draft.context, stored);
}

void SessionRules::begin_removal(const Context& context, const ObjectId& object) {
  query::Find find;
  find.class_name = object.class_name;
  find.where.conditions.push_back(query::FieldCondition{"objectId", query::Equal{object.id}});
  find.keys = std::vector<std::string>{};
  find.limit = 1;
  if (!read_objects(context, authorize_find(context, find, schema::Operation::kGet)).empty()) return;
  throw Error(ErrorCode::kObjectNotFound, "Object not found for delete.");
}

void SessionRules::end_removal(const Context& context, const ObjectId& object) {
  context.accounts.sessions.forget_session(object.id);
}

}  // namespace parse::rest
