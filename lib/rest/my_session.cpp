#include "rest/my_session.h"

#include <utility>

#include "base/error.h"
#include "rest/find.h"
#include "rest/new_session.h"
#include "rest/schema_service.h"
#include "rest/user_rows.h"
#include "rest/write_rules.h"

namespace parse::rest {
namespace {

using object::Object;
using object::Value;

/// The session as its user, or the key of the request, sees it.
Object view_of_session(const Context& context, const std::string& user_id, const std::string& session_id) {
  object::ValueBuilder builder;
  get(as_user(context, user_id), {"_Session", session_id}, {}, builder);
  return builder.take().as<Object>();
}

[[noreturn]] void throw_unknown() { throw Error(ErrorCode::kInvalidSessionToken, "Session token not found."); }

}  // namespace

std::optional<Object> find_session(const Context& context, const std::string& token) {
  const auto schema = context.schemas.snapshot();
  if (schema->find("_Session") == nullptr) return std::nullopt;
  query::Find find;
  find.class_name = "_Session";
  find.where.conditions.push_back(query::FieldCondition{"sessionToken", query::Equal{token}});
  find.limit = 1;
  object::ValueBuilder builder;
  if (context.storage.find(*schema, find, builder) == 0) return std::nullopt;
  Value row = builder.take();
  Object& session = *row.get_if<Object>();
  const Value* user = session.find("user");
  if (user == nullptr || !user->is<object::Pointer>()) return std::nullopt;
  return std::move(session);
}

Object current_session(const Context& context) {
  const std::string& token = context.principal.session_token;
  if (token.empty()) throw Error(ErrorCode::kInvalidSessionToken, "Session token required.");
  const auto session = find_session(context, token);
  if (!session) throw_unknown();
  try {
    return view_of_session(context, session->at("user").as<object::Pointer>().object_id, text_of(*session, "objectId"));
  } catch (const Error& error) {
    if (error.code() != ErrorCode::kObjectNotFound) throw;
    throw_unknown();
  }
}

Object upgrade_to_revocable_session(const Context& context) {
  const std::string& user_id = context.principal.user_id;
  if (user_id.empty()) throw Error(ErrorCode::kObjectNotFound, "invalid session");
  const Object session = create_session(context, {user_id, Object{{"action", "upgrade"}}, installation_of(context)});
  update_user(context, user_with_id(user_id), {{"_session_token", object::DeleteField{}}});
  return view_of_session(context, user_id, text_of(session, "objectId"));
}

}  // namespace parse::rest
