#include "rest/stored_webhooks.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "crypto/random.h"
#include "object/value_sink.h"
#include "rest/schema_service.h"
#include "rest/user_rows.h"

namespace parse::rest {
namespace {

using cloud::HookKind;
using cloud::Webhook;
using object::Object;
using object::Value;

constexpr std::string_view kClass = "_Hooks";

Error hook_error(std::string message) { return {ErrorCode::kHookError, std::move(message)}; }
Error invalid_declaration() { return hook_error("invalid hook declaration"); }

/// Every row about one hook.
query::Where rows_of(HookKind kind, const std::string& name) {
  query::Where where;
  const auto equal = [&](const char* field, std::string_view value) {
    where.conditions.push_back(query::FieldCondition{field, query::Equal{value}});
  };
  if (kind == HookKind::kFunction) {
    equal("functionName", name);
  } else {
    equal("className", name);
    equal("triggerName", to_string(kind));
  }
  return where;
}

std::optional<Webhook> webhook_in(const Object& row) {
  std::string url = text_of(row, "url");
  if (std::string function = text_of(row, "functionName"); !function.empty())
    return Webhook{HookKind::kFunction, std::move(function), std::move(url)};
  std::string class_name = text_of(row, "className");
  const auto kind = trigger_named(text_of(row, "triggerName"));
  if (class_name.empty() || !kind) return std::nullopt;
  return Webhook{*kind, std::move(class_name), std::move(url)};
}

/// Names that could not be told from code are refused in Cloud Code too.
bool is_usable(std::string_view name) { return name.find_first_of("'\"`") == std::string_view::npos; }

void check_class(HookKind kind, std::string_view class_name) {
  if (kind == HookKind::kBeforeSave && class_name == "_PushStatus")
    throw hook_error("Only afterSave is allowed on _PushStatus");
  constexpr std::array kUserOnly{HookKind::kBeforeLogin, HookKind::kAfterLogin, HookKind::kBeforePasswordResetRequest};
  if (std::find(kUserOnly.begin(), kUserOnly.end(), kind) != kUserOnly.end() && class_name != "_User")
    throw hook_error(
        "Only the _User class is allowed for the beforeLogin, afterLogin, and beforePasswordResetRequest triggers");
  if (kind == HookKind::kAfterLogout && class_name != "_Session")
    throw hook_error("Only the _Session class is allowed for the afterLogout trigger.");
  if (kind != HookKind::kAfterLogout && class_name == "_Session")
    throw hook_error("Only the afterLogout trigger is allowed for the _Session class.");
}

}  // namespace

std::optional<HookKind> trigger_named(std::string_view name) {
  const auto kind = cloud::hook_kind_named(name);
  constexpr std::array kOthers{HookKind::kFunction, HookKind::kJob, HookKind::kAuthModule, HookKind::kOption};
  if (kind && std::find(kOthers.begin(), kOthers.end(), *kind) != kOthers.end()) return std::nullopt;
  return kind;
}

std::vector<Webhook> read_webhooks(storage::Operations& storage, const schema::Schema& schema) {
  if (schema.find(kClass) == nullptr) return {};
  query::Find find;
  find.class_name = kClass;
  object::ValueBuilder builder;
  builder.begin_array();
  storage.find(schema, find, builder);
  builder.end_array();
  const Value rows = builder.take();
  std::vector<Webhook> webhooks;
  for (const Value& row : rows.as<object::Array>()) {
    auto webhook = webhook_in(row.as<Object>());
    if (!webhook) continue;
    const auto same = std::find_if(webhooks.begin(), webhooks.end(), [&](const Webhook& known) {
      return known.kind == webhook->kind && known.name == webhook->name;
    });
    if (same == webhooks.end())
      webhooks.push_back(std::move(*webhook));
    else
      same->url = std::move(webhook->url);
  }
  return webhooks;
}

Webhook read_webhook(const Object& declaration) {
  auto webhook = webhook_in(declaration);
  if (!webhook || webhook->url.empty() || !is_usable(webhook->name)) throw invalid_declaration();
  if (webhook->kind != HookKind::kFunction) check_class(webhook->kind, webhook->name);
  return std::move(*webhook);
}

Object to_json_object(const Webhook& webhook) {
  if (webhook.kind == HookKind::kFunction) return {{"functionName", webhook.name}, {"url", webhook.url}};
  return {{"className", webhook.name}, {"triggerName", to_string(webhook.kind)}, {"url", webhook.url}};
}

Error no_such_webhook(HookKind kind, const std::string& name) {
  return hook_error(kind == HookKind::kFunction ? fmt::format("no function named: {} is defined", name)
                                                : fmt::format("class {} does not exist", name));
}

std::optional<Webhook> find_webhook(const Context& context, HookKind kind, const std::string& name) {
  for (Webhook& webhook : read_webhooks(context.storage, *context.schemas.snapshot())) {
    if (webhook.kind == kind && webhook.name == name) return std::move(webhook);
  }
  return std::nullopt;
}

void create_webhook(const Context& context, const Webhook& webhook) {
  if (find_webhook(context, webhook.kind, webhook.name))
    throw hook_error(webhook.kind == HookKind::kFunction
                         ? fmt::format("function name: {} already exists", webhook.name)
                         : fmt::format("class {} already has trigger {}", webhook.name, to_string(webhook.kind)));
  Object row = to_json_object(webhook);
  // The reference leaves these out, and takes no notice of them.
  row.append("objectId", crypto::new_object_id(context.settings.object_id_size));
  row.append("createdAt", object::Date{context.now});
  row.append("updatedAt", object::Date{context.now});
  context.storage.create(*context.schemas.ensure_class(std::string(kClass)), std::string(kClass), row);
}

void change_webhook(const Context& context, const Webhook& webhook) {
  const auto schema = context.schemas.ensure_class(std::string(kClass));
  object::Update changes{{"url", object::SetValue{webhook.url}}};
  const auto count = context.storage.update_many(
      *schema, {std::string(kClass), rows_of(webhook.kind, webhook.name), std::move(changes), std::nullopt});
  if (count == 0) throw no_such_webhook(webhook.kind, webhook.name);
}

void remove_webhook(const Context& context, HookKind kind, const std::string& name) {
  const auto schema = context.schemas.ensure_class(std::string(kClass));
  if (context.storage.remove(*schema, std::string(kClass), rows_of(kind, name)) == 0)
    throw Error(ErrorCode::kObjectNotFound, "Object not found.");
}

}  // namespace parse::rest
