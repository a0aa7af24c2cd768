#pragma once

#include <string>

#include "base/error.h"

namespace parse::ctl {

/// "message: cause" for people. A storage's cause goes on with its statement, which may have thousands of values: the
/// first line of it says enough.
std::string text_of(const Error& error);

}  // namespace parse::ctl
