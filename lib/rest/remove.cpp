#include "rest/remove.h"

#include "base/error.h"
#include "rest/access.h"
#include "rest/accounts.h"
#include "rest/denial.h"
#include "rest/read.h"
#include "rest/schema_service.h"

namespace parse::rest {
namespace {

[[noreturn]] void throw_not_found() { throw Error(ErrorCode::kObjectNotFound, "Object not found."); }

/// The token of a session that the caller may see; its end must be known at once.
std::string token_of(const Context& context, const ObjectId& session) {
  query::Find find;
  find.class_name = session.class_name;
  find.where.conditions.push_back(query::FieldCondition{"objectId", query::Equal{session.id}});
  find.limit = 1;
  const object::Array found = read_objects(context, authorize_find(context, find, schema::Operation::kGet));
  if (found.empty()) throw Error(ErrorCode::kObjectNotFound, "Object not found for delete.");
  const object::Value* token = found.front().as<object::Object>().find("sessionToken");
  return token != nullptr && token->is<std::string>() ? token->as<std::string>() : std::string();
}

void check_user_removal(const Context& context) {
  if (context.principal.bypasses_permissions() || !context.principal.user_id.empty()) return;
  throw Error(ErrorCode::kSessionMissing, "Insufficient auth to delete user");
}

/// What was remembered of accounts and is no longer true.
void forget(const Context& context, const ObjectId& removed, const std::string& token) {
  if (removed.class_name == "_Role") context.accounts.roles.forget_all();
  if (removed.class_name == "_User") context.accounts.sessions.forget_user(removed.id);
  if (!token.empty()) context.accounts.sessions.forget(token);
}

}  // namespace

void remove(const Context& context, const ObjectId& object) {
  const bool is_user = object.class_name == "_User";
  if (is_user) check_user_removal(context);
  check_class_access(context, object.class_name, "delete");
  const std::string token = object.class_name == "_Session" ? token_of(context, object) : std::string();
  const query::Where where = writable_object(context, object, schema::Operation::kDelete);
  const auto schema = context.schemas.snapshot();
  if (schema->find(object.class_name) == nullptr) return;
  if (context.storage.remove(*schema, object.class_name, where) == 0) {
    if (!is_user || context.principal.bypasses_permissions()) throw_not_found();
    throw denial(context.settings, ErrorCode::kSessionMissing, "Insufficient auth.");
  }
  forget(context, object, token);
}

}  // namespace parse::rest
