#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "cloud/hook.h"
#include "logging/logger.h"
#include "object/value.h"
#include "rest/context.h"

namespace parse::rest {

/// The lines that one call of Cloud Code leaves in the log, at the levels of Settings::hook_logs; nothing is formatted
/// for a level that is off. Input and result end after 1000 characters. Source: parse-server triggers.js
/// logTriggerAfterHook, logTriggerSuccessBeforeHook, logTriggerErrorBeforeHook; FunctionsRouter handleCloudFunction.
class HookLog {
 public:
  /// `input` is the request object of the call, and only read here.
  HookLog(const Context& context, cloud::HookKind kind, std::string_view name, const object::Object& input);

  /// `result` is the value, as JSON.
  void succeeded(std::string_view result) const;
  void failed(const Error& error) const;

 private:
  std::string subject() const;

  const cloud::HookKind kind_;
  const std::string_view name_;
  const logging::Level success_;
  const logging::Level failure_;
  std::string user_;
  std::string input_;
};

}  // namespace parse::rest
