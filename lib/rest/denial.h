#pragma once

#include <string>

#include "base/error.h"
#include "rest/settings.h"

namespace parse::rest {

/// The error for something the caller may not do: with `sanitize_errors` the client reads "Permission denied" and the
/// detail goes to the log. Source: parse-server Error.js; option `enableSanitizedErrorResponse`.
Error denial(const Settings& settings, ErrorCode code, std::string detail);

}  // namespace parse::rest
