#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace parse::crypto {

/// Decodes standard or URL-safe base64 as Node's Buffer does: characters outside the alphabet are skipped, padding ends
/// the text.
std::string decode_base64(std::string_view text);

/// Standard base64 with padding.
std::string encode_base64(std::string_view bytes);

/// URL-safe base64 without padding, as in a JWT (RFC 7515). Nothing when a character is outside that alphabet, or when
/// the text could be written in another way.
std::optional<std::string> decode_base64url(std::string_view text);

/// Base32 (RFC 4648) in either case, as in TOTP secrets; padding at the end and spaces are skipped. Nothing when
/// another character comes, or when no byte does.
std::optional<std::string> decode_base32(std::string_view text);

}  // namespace parse::crypto
