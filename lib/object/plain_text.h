#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

/// Texts in JSON are mostly plain: free of quotes, backslashes and control characters, so that a copy is all they need.
/// Both directions look for the exceptions by the word. Inline: called for each key and each text.
namespace parse::object {

inline bool is_plain(char c) { return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\'; }

/// The first bit of each byte that is not plain. Bytes behind the first such one may be marked too.
inline std::uint64_t mark_special(std::uint64_t bytes) {
  constexpr std::uint64_t kOnes = 0x0101010101010101;
  const std::uint64_t quote = bytes ^ (kOnes * '"');
  const std::uint64_t backslash = bytes ^ (kOnes * '\\');
  const std::uint64_t control = (bytes - kOnes * 0x20) & ~bytes;
  return (((quote - kOnes) & ~quote) | ((backslash - kOnes) & ~backslash) | control) & (kOnes * 0x80);
}

/// Eight bytes, the first of them lowest.
inline std::uint64_t load_word(const char* from) {
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, from, sizeof bytes);
  if constexpr (std::endian::native == std::endian::big) bytes = __builtin_bswap64(bytes);
  return bytes;
}

/// The first byte from `from` on that is not plain; there must be one, and seven bytes behind it that may be read.
inline const char* find_special(const char* from) {
  for (;; from += sizeof(std::uint64_t)) {
    if (const std::uint64_t marks = mark_special(load_word(from)); marks != 0)
      return from + std::countr_zero(marks) / 8;
  }
}

}  // namespace parse::object
