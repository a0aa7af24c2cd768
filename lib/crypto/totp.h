#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "crypto/digest.h"

namespace parse::crypto {

/// How one-time passwords are made from a secret and the time (RFC 6238).
struct TotpSettings {
  /// 4 to 10.
  int digits = 6;
  std::chrono::seconds period{30};
  Hash hash = Hash::kSha1;
};

/// The password for `time` (since 1970), with leading zeros. `secret` is the bytes, not their base32.
std::string totp(const TotpSettings& settings, std::string_view secret, std::chrono::seconds time);

/// Whether `password` is the one of `time`, or of the period before or after, for clocks that are not exact. Compares
/// in constant time.
bool totp_matches(const TotpSettings& settings, std::string_view secret, std::string_view password,
                  std::chrono::seconds time);

}  // namespace parse::crypto
