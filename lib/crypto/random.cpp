#include "crypto/random.h"

#include <openssl/rand.h>

#include <array>
#include <string_view>

#include "base/error.h"

namespace parse::crypto {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// Random bytes drawn in blocks, one block for each thread: a call for each id would cost more than the id.
class RandomBytes {
 public:
  unsigned char next() {
    if (used_ == block_.size()) refill();
    return block_[used_++];
  }

 private:
  void refill() {
    if (RAND_bytes(block_.data(), static_cast<int>(block_.size())) != 1) {
      throw Error(ErrorCode::kInternal, "Internal server error.", "no random bytes from OpenSSL");
    }
    used_ = 0;
  }

  std::array<unsigned char, 512> block_{};
  std::size_t used_ = block_.size();
};

thread_local RandomBytes random_bytes;

}  // namespace

std::string random_alphanumeric(std::size_t length) {
  // 248 = 4 * 62: bytes above it would make the first letters likelier.
  constexpr unsigned kLimit = 256 / kAlphabet.size() * kAlphabet.size();
  std::string id;
  id.reserve(length);
  while (id.size() < length) {
    const unsigned byte = random_bytes.next();
    if (byte < kLimit) id.push_back(kAlphabet[byte % kAlphabet.size()]);
  }
  return id;
}

std::string random_hex(std::size_t bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (std::size_t i = 0; i < bytes; ++i) {
    const unsigned byte = random_bytes.next();
    text.push_back(kDigits[byte >> 4]);
    text.push_back(kDigits[byte & 15]);
  }
  return text;
}

}  // namespace parse::crypto
