#include "api/hooks.h"

#include "api/json_response.h"
#include "rest/stored_webhooks.h"

namespace parse::api {
namespace {

using cloud::HookKind;
using cloud::Webhook;
using object::Object;
using object::Value;

/// Parameters of paths are called as the members of a declaration.
constexpr std::string_view kFunctionName = "functionName";

/// The hook that the path names; nullopt for a trigger that is none.
struct Named {
  std::optional<HookKind> kind;
  std::string name;
};

Named named(const ApiRequest& request) {
  if (request.path_params.begin()->first == kFunctionName)
    return {HookKind::kFunction, request.path_params.at(kFunctionName)};
  return {rest::trigger_named(request.path_params.at("triggerName")), request.path_params.at("className")};
}

http::Response list(ApiRequest& request, bool are_functions) {
  request.require_master_key();
  object::Array found;
  for (const Webhook& webhook : rest::read_webhooks(request.context.storage, *request.context.schemas.snapshot())) {
    if ((webhook.kind == HookKind::kFunction) == are_functions) found.emplace_back(rest::to_json_object(webhook));
  }
  return json_response(200, Value(std::move(found)));
}

http::Response read(ApiRequest& request) {
  request.require_master_key();
  const auto [kind, name] = named(request);
  const auto webhook = kind ? rest::find_webhook(request.context, *kind, name) : std::nullopt;
  if (!webhook) throw rest::no_such_webhook(kind.value_or(HookKind::kBeforeSave), name);
  return json_response(200, rest::to_json_object(*webhook));
}

http::Response answer_with(ApiRequest& request, Webhook webhook) {
  Object answer = rest::to_json_object(webhook);
  if (request.services.webhooks != nullptr) request.services.webhooks->add(std::move(webhook));
  return json_response(200, std::move(answer));
}

http::Response create(ApiRequest& request) {
  request.require_writing_master_key("create a hook");
  Webhook webhook = rest::read_webhook(request.body);
  rest::create_webhook(request.context, webhook);
  return answer_with(request, std::move(webhook));
}

http::Response remove(ApiRequest& request) {
  const auto [kind, name] = named(request);
  if (!kind) throw Error(ErrorCode::kObjectNotFound, "Object not found.");
  rest::remove_webhook(request.context, *kind, name);
  if (request.services.webhooks != nullptr) request.services.webhooks->remove(*kind, name);
  return json_response(200, Object());
}

/// The declaration of the hook that the path names, with the URL of the body.
Object declaration(const ApiRequest& request) {
  Object declared;
  for (const auto& [name, value] : request.path_params) declared.append(std::string(name), value);
  if (const Value* url = request.body.find("url")) declared.append("url", *url);
  return declared;
}

http::Response change(ApiRequest& request) {
  request.require_writing_master_key("modify a hook");
  const Value* op = request.body.find("__op");
  if (op != nullptr && *op == Value("Delete")) return remove(request);
  Webhook webhook = rest::read_webhook(declaration(request));
  rest::change_webhook(request.context, webhook);
  return answer_with(request, std::move(webhook));
}

}  // namespace

void bind_hooks(Routes& routes) {
  using http::Method;
  routes.add(Method::kGet, "/hooks/functions", [](ApiRequest& request) { return list(request, true); });
  routes.add(Method::kGet, "/hooks/triggers", [](ApiRequest& request) { return list(request, false); });
  for (const char* path : {"/hooks/functions", "/hooks/triggers"}) routes.add(Method::kPost, path, create);
  for (const char* path : {"/hooks/functions/:functionName", "/hooks/triggers/:className/:triggerName"}) {
    routes.add(Method::kGet, path, read);
    routes.add(Method::kPut, path, change);
  }
}

}  // namespace parse::api
