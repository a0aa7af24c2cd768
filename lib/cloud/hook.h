#pragma once

#include <array>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "cloud/pending_calls.h"
#include "object/value.h"

/// Cloud Code: functions, jobs and triggers, in Node processes or behind webhooks.
namespace parse::cloud {

/// When Cloud Code is called. The names are those of Parse.Cloud.
enum class HookKind {
  kFunction,
  kJob,
  kBeforeSave,
  kAfterSave,
  kBeforeDelete,
  kAfterDelete,
  kBeforeFind,
  kAfterFind,
  kBeforeLogin,
  kAfterLogin,
  kAfterLogout,
  kBeforePasswordResetRequest,
  /// A login provider; asked for by name, never registered.
  kAuthModule,
  /// An option that is a function; see rest/option_functions.
  kOption,
};
inline constexpr std::size_t kHookKinds = 14;

/// "function", "beforeSave" …
std::string_view to_string(HookKind kind);
/// nullopt for a name that is none.
std::optional<HookKind> hook_kind_named(std::string_view name);

/// What is called by a hook, and with what.
struct Invocation {
  HookKind kind = HookKind::kFunction;
  /// Of the function or job, or the class.
  std::string_view name;
  /// The members of Parse.Cloud's request object, but for `config` and `log`.
  object::Object request;
  /// How many calls this one is inside of; the outermost is 1.
  int depth = 1;
  /// Of the call that this one is inside of.
  std::optional<Deadline> deadline = std::nullopt;
  /// A transaction waits for it.
  bool in_transaction = false;
  /// A job has no deadline, and may tell how far it is.
  std::function<void(std::string)> on_message = {};
};

/// Runs hooks: a host of Node processes, or a webhook. Any thread.
class Runner {
 public:
  virtual ~Runner() = default;
  /// Blocks. The outcome depends on the kind: of a function, `{"result":…}`; see rest/triggers for the others. Throws
  /// the Error that the hook threw; kScriptFailed (141) when there was no answer.
  virtual Outcome run(Invocation invocation) = 0;
};

/// What is known of one function, job or trigger.
struct Hook {
  Runner* runner = nullptr;
  /// With the master key it is not called at all.
  bool skips_master_key = false;
  /// Its validator asks for roles: they come with the request.
  bool needs_roles = false;
};

}  // namespace parse::cloud
