#pragma once

#include <string>

#include "auth/provider.h"
#include "auth/providers/setting_reader.h"
#include "object/value.h"

/// What goes to adapters outside of this process, and what comes back.
namespace parse::auth {

/// `{"ip","installationId"?,"master","user"?}`; of the user neither what is internal nor authData of other providers
/// than `name`.
object::Value adapter_request(const std::string& name, const ProviderRequest& request);

/// Reads what a validation answers: `{"doNotSave"?,"save"?,"response"?}`, null or true. Throws bad_adapter_answer for
/// anything else.
ProviderResult read_adapter_result(const object::Value& answer);

/// kScriptFailed (141).
Error bad_adapter_answer();

/// Option `policy`: "default", "solo" or "additional".
ProviderPolicy read_adapter_policy(SettingReader& setting);

}  // namespace parse::auth
