#include "rest/verification_rules.h"

#include <utility>
#include <variant>

#include "rest/accounts.h"
#include "rest/hooks.h"
#include "rest/new_session.h"
#include "rest/option_functions.h"

namespace parse::rest {
namespace {

using object::Object;
using object::SetValue;

/// The fields as they are sent.
Object sent_fields(const Draft& draft) {
  Object fields;
  for (const auto& [path, op] : draft.changes) {
    const auto* set = std::get_if<SetValue>(&op);
    if (set != nullptr && path.find('.') == std::string::npos) fields.set(path, set->value);
  }
  fields.erase("password");
  fields.set("objectId", draft.id);
  return fields;
}

Object request_for(const Draft& draft, std::string_view provider, Object user) {
  Object request{{"object", request_object("_User", std::move(user))}};
  if (draft.creating)
    request.append("createdWith", created_with("signup", provider.empty() ? "password" : provider));
  else
    request.append("original", Object{{"objectId", draft.id}});
  return request;
}

}  // namespace

Object verification_request(const Draft& draft, std::string_view provider) {
  return request_for(draft, provider, sent_fields(draft));
}

Object verification_request(const Draft& draft, std::string_view provider, const Object& stored) {
  return request_for(draft, provider, stored);
}

bool asks_for_verification(const Context& context, Object request) {
  const bool otherwise = context.accounts.mail.settings().verify_emails;
  return OptionFunctions(context).says_yes(kVerifyUserEmails, std::move(request), otherwise);
}

bool needs_verified_email(const Context& context, const Object& request) {
  const AccountSettings& settings = context.accounts.settings;
  const OptionFunctions functions(context);
  return functions.says_yes(kVerifyUserEmails, request, settings.verify_user_emails) &&
         functions.says_yes(kPreventUnverifiedLogin, request, settings.prevent_login_with_unverified_email);
}

}  // namespace parse::rest
