#include "rest/account_hooks.h"

#include "rest/hooks.h"
#include "rest/user_rows.h"

namespace parse::rest {
namespace {

using cloud::HookKind;
using object::Object;

void call(const Context& context, HookKind kind, std::string_view class_name, const Object& row) {
  const cloud::Hook* hook = find_hook(context, kind, class_name);
  if (hook == nullptr) return;
  run_trigger(context, *hook,
              {kind, class_name,
               Object{{"className", class_name},
                      {"objectId", text_of(row, "objectId")},
                      {"object", request_object(class_name, row)}}});
}

}  // namespace

void call_before_login(const Context& context, const Object& user) {
  call(context, HookKind::kBeforeLogin, "_User", user);
}

void call_after_login(const Context& context, const Object& answer) {
  if (find_hook(context, HookKind::kAfterLogin, "_User") == nullptr) return;
  Context as_himself = context;
  as_himself.principal.user_id = text_of(answer, "objectId");
  as_himself.principal.session_token = text_of(answer, "sessionToken");
  call(as_himself, HookKind::kAfterLogin, "_User", answer);
}

void call_after_logout(const Context& context, const Object& session) {
  call(context, HookKind::kAfterLogout, "_Session", session);
}

void call_before_password_reset(const Context& context, const Object& user) {
  call(context, HookKind::kBeforePasswordResetRequest, "_User", user);
}

}  // namespace parse::rest
