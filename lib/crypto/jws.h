#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "crypto/public_key.h"

namespace parse::crypto {

/// A signed text in compact form, `header.payload.signature` (RFC 7515), taken apart but not believed yet.
struct Jws {
  /// JSON texts.
  std::string header;
  std::string payload;
  /// What the signature covers.
  std::string signed_text;
  std::string signature;
};

/// Nothing when there are not three parts of URL-safe base64, or more than kMaxJwsBytes.
std::optional<Jws> parse_jws(std::string_view text);

inline constexpr std::size_t kMaxJwsBytes = 64 * 1024;

/// Whether the signature is that of `key` by `algorithm`. The header's own `alg` is not looked at: the caller compares
/// it with the one algorithm that it accepts.
inline bool verifies(const Jws& jws, SignatureAlgorithm algorithm, const PublicKey& key) {
  return key.verifies(algorithm, jws.signed_text, jws.signature);
}

}  // namespace parse::crypto
