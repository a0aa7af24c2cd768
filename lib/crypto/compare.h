#pragma once

#include <string_view>

namespace parse::crypto {

/// Whether two secrets are equal, in time that depends on the length of `given` only.
bool equal_secrets(std::string_view given, std::string_view expected);

}  // namespace parse::crypto
