#pragma once

#include <string_view>

#include "cloud/hook.h"
#include "object/value.h"
#include "rest/cloud_call.h"
#include "rest/context.h"

/// Cloud Code as the use cases call it.
namespace parse::rest {

/// The hook to call in this request; nullptr: there is none, or the caller need not call it.
const cloud::Hook* find_hook(const Context& context, cloud::HookKind kind, std::string_view name);

/// Which hook, and what its request object has besides who calls.
struct HookCall {
  cloud::HookKind kind;
  std::string_view name;
  object::Object request;
};

/// Calls `hook`; its request object gets `master`, `isReadOnly`, `user`, `installationId`, `headers`, `ip` and
/// `context`. Blocks. Throws as cloud::Runner::run.
cloud::Outcome run_hook(const Context& context, const cloud::Hook& hook, HookCall call);

/// As run_hook, for triggers: returns their outcome, and takes over what they made of `context`.
object::Object run_trigger(const Context& context, const cloud::Hook& hook, HookCall call);

/// A stored object as a member of a request: with its class, without the columns that only the server sees, and times
/// as the wire has them.
object::Object request_object(std::string_view class_name, object::Object object);

}  // namespace parse::rest
