#pragma once

#include "auth/provider.h"
#include "auth/providers/services.h"
#include "object/value.h"

namespace parse::auth {

struct ProviderOptions {
  /// Option `enableAnonymousUsers`.
  bool enable_anonymous = true;
  /// Option `enableInsecureAuthAdapters`.
  bool enable_insecure = false;
};

/// The providers that option `auth`, `{"<name>": {…}}`, sets up, and `anonymous`. A provider without options does not
/// exist, but for anonymous; nor does one with `"enabled": false`. Throws Error kOtherCause (-1) for the start when
/// anything is wrong: one line for each problem, each beginning with the option's name in single quotes.
Providers make_providers(const object::Object& auth_option, const ProviderServices& services,
                         const ProviderOptions& options);

}  // namespace parse::auth
