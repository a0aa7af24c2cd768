#include "rest/login.h"

#include <utility>

#include "base/error.h"
#include "rest/account_hooks.h"
#include "rest/accounts.h"
#include "rest/auth_data.h"
#include "rest/denial.h"
#include "rest/find.h"
#include "rest/hooks.h"
#include "rest/my_session.h"
#include "rest/new_session.h"
#include "rest/schema_service.h"
#include "rest/user_rows.h"
#include "rest/verification_rules.h"

namespace parse::rest {
namespace {

using object::Object;
using object::Value;

[[noreturn]] void throw_invalid() { throw Error(ErrorCode::kObjectNotFound, "Invalid username/password."); }

bool is_truthy(const Value* value) { return value != nullptr && value->truthy(); }

query::Where equal(const char* field, const Value& text) {
  query::Where where;
  where.conditions.push_back(query::FieldCondition{field, query::Equal{text}});
  return where;
}

/// An address may be given as the username too.
query::Where named(const Value* username, const Value* email) {
  if (!is_truthy(username)) return equal("email", *email);
  if (is_truthy(email)) {
    query::Where both = equal("email", *email);
    both.conditions.push_back(query::FieldCondition{"username", query::Equal{*username}});
    return both;
  }
  query::Where either;
  either.conditions.push_back(query::Or{{equal("username", *username), equal("email", *username)}});
  return either;
}

/// When one user's name is another one's address, the name counts.
Object pick(std::vector<Object> users, const Value* username) {
  for (Object& user : users) {
    const Value* name = user.find("username");
    if (users.size() > 1 && is_truthy(username) && name != nullptr && *name == *username) return std::move(user);
  }
  return std::move(users.front());
}

/// Every way to be wrong costs one bcrypt (GHSA-mmpq-5hcv-hf2v).
bool is_right(const Context& context, const Object& user, const std::string& password) {
  const std::string hash = text_of(user, "_hashed_password");
  if (!hash.empty()) return context.accounts.passwords.matches(password, hash);
  context.accounts.passwords.match_nobody(password);
  return false;
}

void count_attempt(const Context& context, const Object& user, bool right) {
  const auto schema = context.schemas.snapshot();
  const auth::LoginAttempt attempt{context.storage, *schema, text_of(user, "objectId"), context.now};
  (right ? auth::count_right_password : auth::count_wrong_password)(context.accounts.lockout, attempt);
}

void check_may_log_in(const Context& context, const Object& user, const Object& params) {
  const Object* acl = map_of(user, "ACL");
  if (acl != nullptr && acl->empty() && !context.principal.is_master()) throw_invalid();
  if (context.principal.bypasses_permissions() && is_truthy(params.find("ignoreEmailVerification"))) return;
  const Object request{{"object", request_object("_User", user)}, {"createdWith", created_with("login", "password")}};
  if (needs_verified_email(context, request) && !is_truthy(user.find("emailVerified"))) {
    throw Error(ErrorCode::kEmailNotFound, "User email is not verified.");
  }
}

/// A password from before the policy begins to grow old now.
void check_password_age(const Context& context, const Object& user) {
  const auth::PasswordPolicy& policy = context.accounts.password_policy;
  if (policy.max_age.count() == 0) return;
  const Value* changed = user.find("_password_changed_at");
  if (changed == nullptr) {
    update_user(context, user_with_id(text_of(user, "objectId")),
                {{"_password_changed_at", object::SetValue{object::Date{context.now}}}});
  } else if (auth::is_password_too_old(policy, changed->as<object::Date>(), context.now)) {
    throw Error(ErrorCode::kObjectNotFound, "Your password has expired. Please reset your password.");
  }
}

}  // namespace

Object authenticate(const Context& context, const Object& params) {
  const Value* username = params.find("username");
  const Value* email = params.find("email");
  const Value* password = params.find("password");
  if (!is_truthy(username) && !is_truthy(email)) {
    throw Error(ErrorCode::kUsernameMissing, "username/email is required.");
  }
  if (!is_truthy(password)) throw Error(ErrorCode::kPasswordMissing, "password is required.");
  const auto is_odd = [](const Value* value) { return is_truthy(value) && !value->is<std::string>(); };
  if (is_odd(password) || is_odd(username) || is_odd(email)) throw_invalid();

  std::vector<Object> users = find_users(context, named(username, email), 2);
  const std::string& text = password->as<std::string>();
  if (users.empty()) {
    context.accounts.passwords.match_nobody(text);
    throw_invalid();
  }
  Object user = pick(std::move(users), username);
  const bool right = is_right(context, user, text);
  count_attempt(context, user, right);
  if (!right) throw_invalid();
  check_may_log_in(context, user, params);
  return user;
}

Object log_in(const Context& context, const Object& params, const Value* auth_data) {
  const Object user = authenticate(context, params);
  const std::string id = text_of(user, "objectId");
  const Object* sent = auth_data ? auth_data->get_if<Object>() : nullptr;
  require_additional_providers(context, sent ? *sent : Object(), map_of(user, "authData"));
  std::optional<AuthDataOutcome> outcome;
  if (sent != nullptr) outcome = check_auth_data(context, *sent, &user);
  if (sent == nullptr && is_truthy(auth_data)) {
    throw Error(ErrorCode::kUnsupportedService, "This authentication method is unsupported.");
  }
  check_password_age(context, user);
  call_before_login(context, user);
  if (outcome) store_auth_data(context, id, *outcome);
  const Object session = create_session(context, {id, created_with("login", "password"), installation_of(context)});
  Object answer = own_view(context, id);
  answer.set("sessionToken", session.at("sessionToken"));
  if (outcome) answer.set("authDataResponse", outcome->response);
  call_after_login(context, answer);
  return answer;
}

Object verify_password(const Context& context, const Object& params) {
  return own_view(context, text_of(authenticate(context, params), "objectId"));
}

Object log_in_as(const Context& context, const Value* user_id) {
  if (!context.principal.is_master()) {
    throw denial(context.settings, ErrorCode::kOperationForbidden, "master key is required");
  }
  if (context.principal.is_read_only()) {
    throw denial(context.settings, ErrorCode::kOperationForbidden,
                 "read-only masterKey isn't allowed to login as another user.");
  }
  if (!is_truthy(user_id) || !user_id->is<std::string>()) {
    throw Error(ErrorCode::kInvalidValue, "userId must not be empty, null, or undefined");
  }
  const std::string& id = user_id->as<std::string>();
  if (!find_user(context, id)) throw Error(ErrorCode::kObjectNotFound, "user not found");
  const Object session = create_session(context, {id, created_with("login", "masterkey"), installation_of(context)});
  Object answer = own_view(context, id);
  answer.set("sessionToken", session.at("sessionToken"));
  return answer;
}

void log_out(const Context& context) {
  const std::string& token = context.principal.session_token;
  if (token.empty()) return;
  std::optional<Object> session;
  if (find_hook(context, cloud::HookKind::kAfterLogout, "_Session")) session = find_session(context, token);
  end_session(context, token);
  if (session) call_after_logout(context, *session);
}

Object current_user(const Context& context) {
  const std::string& token = context.principal.session_token;
  const std::optional<Object> session = token.empty() ? std::nullopt : find_session(context, token);
  const auto invalid = [&] {
    return denial(context.settings, ErrorCode::kInvalidSessionToken, "Invalid session token");
  };
  if (!session) throw invalid();
  object::ValueBuilder builder;
  try {
    get(context, {"_User", session->at("user").as<object::Pointer>().object_id}, {}, builder);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::kObjectNotFound) throw;
    throw invalid();
  }
  Object user = builder.take().as<Object>();
  user.set("sessionToken", token);
  return user;
}

}  // namespace parse::rest
