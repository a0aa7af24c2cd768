#pragma once

#include <string>
#include <string_view>

namespace parse::crypto {

/// Decodes standard or URL-safe base64 as Node's Buffer does: characters outside the alphabet are skipped, padding ends
/// the text.
std::string decode_base64(std::string_view text);

}  // namespace parse::crypto
