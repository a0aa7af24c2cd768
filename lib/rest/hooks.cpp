#include "rest/hooks.h"

#include <utility>

#include "base/worker_pool.h"
#include "cloud/frame.h"
#include "object/json.h"
#include "rest/find.h"
#include "rest/hook_log.h"
#include "rest/write_rules.h"

namespace parse::rest {
namespace {

using object::Object;
using object::Value;

/// The caller as Cloud Code sees him: all that the master key may see, and the token of his session.
Object calling_user(const Context& context) {
  object::ValueBuilder builder;
  get(as_master(context), {"_User", context.principal.user_id}, {}, builder);
  Value user = builder.take();
  Object whole = request_object("_User", std::move(*user.get_if<Object>()));
  whole.set("sessionToken", context.principal.session_token);
  return whole;
}

object::Array role_names(const Context& context) {
  constexpr std::string_view kPrefix = "role:";
  object::Array names;
  for (const std::string& role : context.principal.roles) names.emplace_back(role.substr(kPrefix.size()));
  return names;
}

void add_caller(const Context& context, const cloud::Hook& hook, Object& request) {
  const auth::Principal& principal = context.principal;
  if (principal.is_master()) request.append("master", true);
  if (principal.is_read_only()) request.append("isReadOnly", true);
  if (!principal.user_id.empty()) request.append("user", calling_user(context));
  if (hook.needs_roles) request.append("roles", role_names(context));
  if (!context.client.installation_id.empty()) request.append("installationId", context.client.installation_id);
  request.append("ip", context.client.ip);
  if (context.cloud->headers) request.append("headers", context.cloud->headers());
  if (!context.cloud->context.empty()) request.append("context", context.cloud->context);
}

cloud::Outcome ask(const Context& context, const cloud::Hook& hook, HookCall call) {
  const BlockingSection waiting;
  return hook.runner->run({.kind = call.kind,
                           .name = call.name,
                           .request = std::move(call.request),
                           .depth = context.cloud->depth + 1,
                           .deadline = context.cloud->deadline,
                           .in_transaction = context.cloud->in_transaction || context.storage.is_transaction()});
}

}  // namespace

const cloud::Hook* find_hook(const Context& context, cloud::HookKind kind, std::string_view name) {
  if (!context.cloud) return nullptr;
  const cloud::Hook* hook = context.cloud->hooks->find(kind, name);
  if (hook == nullptr) return nullptr;
  // Of a function only the validator is skipped, as in the reference.
  const bool is_skipped = kind != cloud::HookKind::kFunction && hook->skips_master_key && context.principal.is_master();
  return is_skipped ? nullptr : hook;
}

cloud::Outcome run_hook(const Context& context, const cloud::Hook& hook, HookCall call) {
  const HookLog log(context, call.kind, call.name, call.request);
  add_caller(context, hook, call.request);
  try {
    cloud::Outcome outcome = ask(context, hook, std::move(call));
    log.succeeded(cloud::split_head(outcome).body);
    return outcome;
  } catch (const Error& error) {
    log.failed(error);
    throw;
  }
}

Object run_trigger(const Context& context, const cloud::Hook& hook, HookCall call) {
  // The master key stands for an installation called "cloud", but not to functions.
  if (context.principal.is_master() && context.client.installation_id.empty())
    call.request.append("installationId", "cloud");
  const cloud::Outcome outcome = run_hook(context, hook, std::move(call));
  Value value = object::parse_json(cloud::split_head(outcome).body);
  Object* result = value.get_if<Object>();
  if (result == nullptr) return {};
  if (const Value* changed = result->find("context"); changed != nullptr && changed->is<Object>()) {
    context.cloud->context = changed->as<Object>();
    result->erase("context");
  }
  return std::move(*result);
}

Object request_object(std::string_view class_name, Object object) {
  Object shown;
  shown.reserve(object.size() + 2);
  shown.append("__type", "Object");
  for (auto& [key, value] : object) {
    if (!key.starts_with('_')) shown.append(key, std::move(value));
  }
  shown.set("className", class_name);
  return shown;
}

}  // namespace parse::rest
