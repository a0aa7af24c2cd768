#include "crypto/compare.h"

#include <openssl/crypto.h>

namespace parse::crypto {

bool equal_secrets(std::string_view given, std::string_view expected) {
  // Unequal lengths compare the given text with itself, so that the time does not tell how long the secret is.
  const bool same_length = given.size() == expected.size();
  const std::string_view other = same_length ? expected : given;
  return CRYPTO_memcmp(given.data(), other.data(), given.size()) == 0 && same_length;
}

}  // namespace parse::crypto
