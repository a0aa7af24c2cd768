#include "rest/new_session.h"

#include <utility>

#include "crypto/random.h"
#include "rest/accounts.h"
#include "rest/schema_service.h"
#include "rest/write.h"
#include "rest/write_rules.h"

namespace parse::rest {
namespace {

using object::Date;
using object::Object;
using object::Pointer;
using object::Value;

constexpr const char* kClass = "_Session";
constexpr std::size_t kTokenBytes = 16;

void remove_sessions(const Context& context, std::vector<query::Condition> conditions) {
  const auto schema = context.schemas.snapshot();
  if (schema->find(kClass) == nullptr) return;
  query::Where where;
  where.conditions = std::move(conditions);
  context.storage.remove(*schema, kClass, where);
}

}  // namespace

Object created_with(std::string_view action, std::string_view provider) {
  return Object{{"action", action}, {"authProvider", provider}};
}

Object installation_of(const Context& context) {
  if (context.client.installation_id.empty()) return {};
  return Object{{"installationId", context.client.installation_id}};
}

Object create_session(const Context& context, NewSession session) {
  Object fields{{"sessionToken", "r:" + crypto::random_hex(kTokenBytes)},
                {"user", Pointer{"_User", std::move(session.user_id)}}};
  if (session.created_with) fields.set("createdWith", std::move(*session.created_with));
  if (const auto length = context.accounts.settings.session_length) {
    fields.set("expiresAt", Date{context.now + *length * 1000});
  }
  for (object::Member& member : session.extra) fields.set(member.key, std::move(member.value));
  const Written written = create(as_master(context), kClass, fields);
  fields.set("objectId", written.id);
  return fields;
}

void end_sessions_of_installation(const Context& context, const Object& session) {
  const Value* user = session.find("user");
  const Value* installation = session.find("installationId");
  if (user == nullptr || installation == nullptr) return;
  remove_sessions(context, {query::FieldCondition{"user", query::Equal{*user}},
                            query::FieldCondition{"installationId", query::Equal{*installation}},
                            query::FieldCondition{"sessionToken", query::NotEqual{session.at("sessionToken")}}});
  if (const auto* pointer = user->get_if<Pointer>()) context.accounts.sessions.forget_user(pointer->object_id);
}

void end_sessions_of_user(const Context& context, const std::string& user_id) {
  remove_sessions(context, {query::FieldCondition{"user", query::Equal{Pointer{"_User", user_id}}}});
  context.accounts.sessions.forget_user(user_id);
}

void end_session(const Context& context, const std::string& token) {
  remove_sessions(context, {query::FieldCondition{"sessionToken", query::Equal{token}}});
  context.accounts.sessions.forget(token);
}

}  // namespace parse::rest
