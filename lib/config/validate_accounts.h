#pragma once

#include "config/load.h"

namespace parse::config {

/// Brings the options that mean the same into one place: `userSensitiveFields` into `protectedFields`, `rateLimit.*`
/// into the list of limits. Adds a mistake for a limit described in part, and a warning for each deprecated option in
/// use. Source: parse-server ParseServer injectDefaults.
void fold_options(Loaded& loaded);

/// Adds the mistakes that take more than one option of accounts, passwords and mail to see.
/// Source: parse-server Config.validateOptions, validateEmailConfiguration.
void check_accounts(Loaded& loaded);

}  // namespace parse::config
