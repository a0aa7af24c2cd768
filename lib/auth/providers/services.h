#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "base/iso_date.h"
#include "net/http_client.h"
#include "object/value.h"

namespace parse::auth {

/// A call to a provider that is a JavaScript module.
struct ModuleCall {
  std::string_view provider;
  /// "beforeFind", "validateSetUp", "validateLogin", "validateUpdate", "challenge" or "afterFind".
  std::string_view method;
  /// By name: `authData`, `request`, `challengeData`.
  object::Object arguments;
};
/// Blocks; gives nothing when the module has no such function. Throws what the module threw, kScriptFailed (141).
using ModuleRunner = std::function<std::optional<object::Value>(ModuleCall)>;

/// What every provider works with. All must outlive the providers.
struct ProviderServices {
  net::HttpClient& http;
  /// The time of day: tokens and one-time passwords hold for a while.
  std::function<Milliseconds()> clock;
  /// Empty: there is no Cloud Code beside which modules could run.
  ModuleRunner modules = {};
};

}  // namespace parse::auth
