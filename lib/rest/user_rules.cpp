#include "rest/user_rules.h"

#include <algorithm>
#include <utility>

#include "crypto/random.h"
#include "rest/account_hooks.h"
#include "rest/accounts.h"
#include "rest/denial.h"
#include "rest/email_verification.h"
#include "rest/new_session.h"
#include "rest/passwords.h"
#include "rest/unique_names.h"
#include "rest/user_rows.h"
#include "rest/verification_rules.h"

namespace parse::rest {
namespace {

using object::Object;
using object::SetValue;
using object::Value;

bool is_text(const Object& body, std::string_view field) {
  const Value* value = body.find(field);
  const std::string* text = value ? value->get_if<std::string>() : nullptr;
  return text != nullptr && !text->empty();
}

[[noreturn]] void throw_linked() { throw Error(ErrorCode::kAccountAlreadyLinked, "this auth is already used"); }

/// A signup without another way to log in needs both.
void check_signup(const Object& body) {
  if (has_auth_data(body.find("authData"))) return;
  if (!is_text(body, "username")) throw Error(ErrorCode::kUsernameMissing, "bad or missing username");
  if (!is_text(body, "password")) throw Error(ErrorCode::kPasswordMissing, "password is required");
}

/// A user with such an id would be the role to every ACL (GHSA-8xq9-g7ch-35hg).
void refuse_role_id(const Context& context, const Object& body) {
  if (text_of(body, "objectId").starts_with("role:")) {
    throw denial(context.settings, ErrorCode::kOperationForbidden, "Invalid object ID.");
  }
}

/// A user who has a password keeps one.
void check_password_stays(const Object& body) {
  const Value* password = body.find("password");
  const Object* op = password ? password->get_if<Object>() : nullptr;
  if (password == nullptr || (!password->is_null() && (op == nullptr || !op->contains("__op")))) return;
  throw Error(ErrorCode::kPasswordMissing, "password is required");
}

/// Users with an ACL that lets nobody in are locked out; only the master key finds them by their accounts.
bool is_locked_out(const Object& user) {
  const Object* acl = map_of(user, "ACL");
  return acl != nullptr && acl->empty();
}

object::FieldUpdate* find_change(object::Update& changes, std::string_view path) {
  const auto found = std::find_if(changes.begin(), changes.end(),
                                  [&](const object::FieldUpdate& change) { return change.path == path; });
  return found == changes.end() ? nullptr : &*found;
}

void append(object::Update& changes, object::Update more) {
  changes.insert(changes.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

Object own_entry() { return Object{{"read", true}, {"write", true}}; }

/// No change of an ACL may lock its own user out.
void keep_own_entry(Draft& draft) {
  object::FieldUpdate* change = find_change(draft.changes, "ACL");
  if (change == nullptr || draft.context.principal.bypasses_permissions()) return;
  const auto* set = std::get_if<SetValue>(&change->op);
  const Object* given = set ? set->value.get_if<Object>() : nullptr;
  Object acl = given ? *given : Object();
  acl.set(draft.id, own_entry());
  change->op = SetValue{std::move(acl)};
}

}  // namespace

std::optional<Written> UserRules::begin(Draft& draft) {
  const auth::Principal& principal = draft.context.principal;
  if (draft.creating) refuse_role_id(draft.context, draft.body);
  if (draft.creating) check_signup(draft.body);
  if (!draft.creating && principal.user_id.empty() && !principal.bypasses_permissions()) {
    throw denial(draft.context.settings, ErrorCode::kSessionMissing, "Cannot modify user " + draft.id + ".");
  }
  if (!draft.creating) check_password_stays(draft.body);
  if (auto done = take_auth_data(draft)) return done;
  if (draft.body.contains("emailVerified") && !principal.bypasses_permissions()) {
    throw denial(draft.context.settings, ErrorCode::kOperationForbidden,
                 "Clients aren't allowed to manually update email verification.");
  }
  return std::nullopt;
}

/// Takes authData out of the body: what the providers leave of it is stored provider by provider.
std::optional<Written> UserRules::take_auth_data(Draft& draft) {
  const Value* value = draft.body.find("authData");
  if (value == nullptr) return std::nullopt;
  const Object* map = value->get_if<Object>();
  if (!value->truthy() || value->is<std::string>() || (map != nullptr && map->contains("__op")))
    throw_unsupported_login();
  if (map == nullptr || map->empty()) return std::nullopt;
  Object sent = *map;
  draft.body.erase("authData");

  const Context& context = draft.context;
  const std::string acting = draft.creating ? context.principal.user_id : draft.id;
  std::optional<Object> user;
  if (!acting.empty()) user = find_user(context, acting);
  const Object* stored = user && !draft.creating ? map_of(*user, "authData") : nullptr;
  std::vector<Object> linked = find_linked_users(context, sent, stored, true);
  if (!context.principal.bypasses_permissions()) std::erase_if(linked, is_locked_out);
  const bool is_other = !linked.empty() && !acting.empty() && text_of(linked.front(), "objectId") != acting;
  if (linked.size() > 1 || is_other) {
    // Checked first, so that only who holds the account learns that it is linked (GHSA-8w3j-g983-8jh5).
    check_auth_data(context, sent, &linked.front());
    throw_linked();
  }
  if (linked.size() == 1) return use_known_account(draft, sent, linked.front());
  auth_data_ = check_auth_data(context, sent, user ? &*user : nullptr);
  auth_provider_ = provider_names(sent);
  return std::nullopt;
}

std::optional<Written> UserRules::use_known_account(Draft& draft, const Object& sent, const Object& user) {
  const Context& context = draft.context;
  auth_provider_ = provider_names(sent);
  if (draft.creating && context.principal.user_id.empty()) return log_in_with(context, sent, user);
  const Object changed = changed_auth_data(sent, map_of(user, "authData"));
  if (!changed.empty()) auth_data_ = check_auth_data(context, changed, &user);
  if (!draft.creating) return std::nullopt;
  // A signup by somebody who is logged in already, with an account that is his.
  const std::string id = text_of(user, "objectId");
  if (auth_data_) store_auth_data(context, id, *auth_data_);
  return Written{own_view(context, id), id, false};
}

Written UserRules::log_in_with(const Context& context, const Object& sent, const Object& user) {
  require_additional_providers(context, sent, map_of(user, "authData"));
  call_before_login(context, user);
  const AuthDataOutcome outcome = check_auth_data(context, sent, &user);
  const std::string id = text_of(user, "objectId");
  store_auth_data(context, id, outcome);
  Object response = own_view(context, id);
  if (context.client.installation_id != "cloud" && !context.principal.bypasses_permissions()) {
    const Object session =
        create_session(context, {id, created_with("login", auth_provider_), installation_of(context)});
    response.set("sessionToken", session.at("sessionToken"));
  }
  response.set("authDataResponse", outcome.response);
  return {std::move(response), id, false};
}

void UserRules::settle(Draft& draft) {
  settle_password(draft);
  const AccountSettings& settings = draft.context.accounts.settings;
  if (draft.creating && !has_text(draft.changes, "username")) {
    generated_username_ = crypto::random_alphanumeric(25);
    set_text(draft.changes, "username", generated_username_);
  }
  if (settings.convert_username_to_lowercase) lower_case(draft.changes, "username");
  if (settings.convert_email_to_lowercase) lower_case(draft.changes, "email");
  if (generated_username_.empty()) check_username(draft);
  check_email(draft);
  const bool changes_email = find_change(draft.changes, "email") != nullptr;
  if (!draft.creating && changes_email && !password_changed_) append(draft.changes, reset_token_removal());
  if (changes_email) settle_email(draft);
  settle_auth_data(draft);
  if (!draft.creating) keep_own_entry(draft);
}

void UserRules::settle_password(Draft& draft) {
  object::FieldUpdate* change = find_change(draft.changes, "password");
  if (change == nullptr) return;
  const auto* set = std::get_if<SetValue>(&change->op);
  const std::string* password = set ? set->value.get_if<std::string>() : nullptr;
  if (password == nullptr) throw Error(ErrorCode::kPasswordMissing, "password is required");
  const Context& context = draft.context;
  std::optional<Object> stored;
  if (!draft.creating) stored = find_user(context, draft.id);
  const std::string* given_name = find_text(draft.changes, "username");
  const std::string username = given_name ? *given_name : (stored ? text_of(*stored, "username") : std::string());
  const NewPassword request{*password, username, stored ? &*stored : nullptr, context.now, OptionFunctions(context)};
  object::Update hashed = password_changes(context.accounts.password_policy, context.accounts.passwords, request);
  std::erase_if(draft.changes, [](const object::FieldUpdate& item) { return item.path == "password"; });
  append(draft.changes, std::move(hashed));
  password_changed_ = !draft.creating;
}

/// A new address has to be confirmed, but for users who come by way of another service; none has nothing to confirm.
void UserRules::settle_email(Draft& draft) {
  if (!has_text(draft.changes, "email")) {
    append(draft.changes, verification_removal());
    return;
  }
  const bool by_service = auth_data_ && std::any_of(auth_data_->data.begin(), auth_data_->data.end(),
                                                    [](const auto& entry) { return entry.key != "anonymous"; });
  asks_for_verification_ =
      !by_service && asks_for_verification(draft.context, verification_request(draft, auth_provider_));
  if (asks_for_verification_) begin_verification(draft.context.accounts.mail, draft.changes, draft.context.now);
}

void UserRules::settle_auth_data(Draft& draft) {
  if (!auth_data_) return;
  if (!draft.creating) {
    append(draft.changes, auth_data_changes(*auth_data_));
    draft.where.conditions.insert(draft.where.conditions.end(), auth_data_->unchanged.begin(),
                                  auth_data_->unchanged.end());
    return;
  }
  Object linked;
  for (const auto& [name, data] : auth_data_->data) {
    if (!data.is_null()) linked.append(name, data);
  }
  if (!linked.empty()) draft.changes.push_back({"authData", SetValue{std::move(linked)}});
}

void UserRules::complete(const Draft& draft, Object& user) {
  const Value* value = user.find("ACL");
  const Object* given = value ? value->get_if<Object>() : nullptr;
  Object acl = given ? *given : Object();
  if (given == nullptr && !draft.context.accounts.settings.enforce_private_users) acl.set("*", Object{{"read", true}});
  acl.set(draft.id, own_entry());
  user.set("ACL", std::move(acl));
}

void UserRules::refused(const Draft& draft, const Error& error) {
  if (error.code() == ErrorCode::kObjectNotFound && !draft.context.principal.bypasses_permissions()) {
    if (auth_data_ && !auth_data_->unchanged.empty()) throw Error(ErrorCode::kScriptFailed, "Invalid auth data");
    throw denial(draft.context.settings, ErrorCode::kSessionMissing, "Insufficient auth.");
  }
  if (error.code() != ErrorCode::kDuplicateValue) return;
  // Somebody else was faster by a moment: storage has one of the two now.
  check_username(draft);
  check_email(draft);
  if (auth_data_) throw_linked();
}

void UserRules::end(const Draft& draft, const Object& stored, Object& response) {
  const Context& context = draft.context;
  if (!generated_username_.empty()) response.set("username", generated_username_);
  if (password_changed_ && context.accounts.settings.revoke_session_on_password_reset) {
    end_sessions_of_user(context, draft.id);
  }
  const bool must_verify =
      draft.creating && needs_verified_email(context, verification_request(draft, auth_provider_, stored));
  if (needs_session(draft, must_verify)) start_session(draft, response);
  if (asks_for_verification_) send_verification(context.accounts.mail, OptionFunctions(context), stored);
  if (auth_data_) response.set("authDataResponse", auth_data_->response);
  if (auth_data_ && auth_data_->fail_after_save) throw Error(*auth_data_->fail_after_save);
  if (must_verify && context.accounts.settings.prevent_signup_with_unverified_email) {
    throw Error(ErrorCode::kEmailNotFound, "User email is not verified.");
  }
}

/// After a signup, unless the address must be verified before; and after a change of one's password.
bool UserRules::needs_session(const Draft& draft, bool must_verify) const {
  const Context& context = draft.context;
  if (context.principal.bypasses_permissions() || context.client.installation_id == "cloud") return false;
  if (!draft.creating) return password_changed_;
  if (auth_data_ && !context.principal.user_id.empty()) return false;
  return !must_verify;
}

void UserRules::start_session(const Draft& draft, Object& response) {
  NewSession session{draft.id, std::nullopt, installation_of(draft.context)};
  // A signup with authData counts as a login with it, as in the reference.
  if (draft.creating) {
    session.created_with =
        auth_provider_.empty() ? created_with("signup", "password") : created_with("login", auth_provider_);
  }
  response.set("sessionToken", create_session(draft.context, std::move(session)).at("sessionToken"));
}

void UserRules::begin_removal(const Context& context, const ObjectId&) {
  if (context.principal.bypasses_permissions() || !context.principal.user_id.empty()) return;
  throw Error(ErrorCode::kSessionMissing, "Insufficient auth to delete user");
}

void UserRules::removal_refused(const Context& context, const ObjectId&) {
  if (context.principal.bypasses_permissions()) return;
  throw denial(context.settings, ErrorCode::kSessionMissing, "Insufficient auth.");
}

void UserRules::end_removal(const Context& context, const ObjectId& object) {
  context.accounts.sessions.forget_user(object.id);
}

}  // namespace parse::rest
