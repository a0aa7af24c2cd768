#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "cloud/registry.h"
#include "object/value.h"
#include "rest/context.h"

namespace parse::rest {

/// The options that are functions of the app, in the module of option `cloudOptions`, for one request. A value, which
/// may outlive the request. Source: parse-server options, "verifyUserEmails" and others as functions.
class OptionFunctions {
 public:
  /// There are none.
  OptionFunctions() = default;
  /// Those that `context` may call; the deadline and depth of its request hold for them too.
  explicit OptionFunctions(const Context& context);
  /// For a request without keys that came from `ip`.
  OptionFunctions(std::shared_ptr<const cloud::HookTable> hooks, std::string ip);

  bool has(std::string_view option) const;
  /// Whether the function says yes; `otherwise` when the option is no function. `request` gets who asks: `master`, and
  /// `ip` and `installationId` where they are known. Blocks. Throws what the function threw; kScriptFailed (141) when
  /// it did not answer.
  bool says_yes(std::string_view option, object::Object request, bool otherwise) const;
  /// For work that goes on when the request has been answered: without its deadline.
  OptionFunctions without_deadline() const;

 private:
  const cloud::Hook* find(std::string_view option) const;

  std::shared_ptr<const cloud::HookTable> hooks_;
  bool is_master_ = false;
  bool in_transaction_ = false;
  Client client_;
  int depth_ = 0;
  std::optional<cloud::Deadline> deadline_;
};

inline constexpr std::string_view kVerifyUserEmails = "verifyUserEmails";
inline constexpr std::string_view kPreventUnverifiedLogin = "preventLoginWithUnverifiedEmail";
inline constexpr std::string_view kSendVerification = "sendUserEmailVerification";
inline constexpr std::string_view kPasswordValidator = "passwordPolicy.validatorCallback";

}  // namespace parse::rest
