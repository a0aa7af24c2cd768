#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cloud/webhooks.h"
#include "object/value.h"
#include "rest/context.h"

/// The class `_Hooks`: `functionName` and `url`, or `className`, `triggerName` and `url`, one row each. Source:
/// parse-server HooksController; REST guide, "Hooks". Errors everywhere: kHookError (143).
namespace parse::rest {

/// Of several rows about the same hook, which the reference writes to PostgreSQL with every change, the last holds.
std::vector<cloud::Webhook> read_webhooks(storage::Operations& storage, const schema::Schema& schema);

/// Reads `{"functionName","url"}` or `{"className","triggerName","url"}`; other members are left out. Errors: "invalid
/// hook declaration", also for a name that no function can have, or for a trigger that the class cannot have.
cloud::Webhook read_webhook(const object::Object& declaration);
/// As JSON, in the same form.
object::Object to_json_object(const cloud::Webhook& webhook);
/// nullopt for a name that is no trigger.
std::optional<cloud::HookKind> trigger_named(std::string_view name);

/// nullopt: nothing is stored.
std::optional<cloud::Webhook> find_webhook(const Context& context, cloud::HookKind kind, const std::string& name);
/// Stores a new one. Errors: it exists.
void create_webhook(const Context& context, const cloud::Webhook& webhook);
/// Gives it another URL. Errors: it does not exist.
void change_webhook(const Context& context, const cloud::Webhook& webhook);
/// Errors: kObjectNotFound (101).
void remove_webhook(const Context& context, cloud::HookKind kind, const std::string& name);

/// "no function named: f is defined", "class C does not exist".
Error no_such_webhook(cloud::HookKind kind, const std::string& name);

}  // namespace parse::rest
