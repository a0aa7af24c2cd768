#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

/// Numbers as PostgreSQL's binary form has them: big-endian.
namespace parse::storage::postgres {

template <typename Integer>
Integer read_big_endian(std::string_view bytes, std::size_t offset = 0) {
  Integer value;
  std::memcpy(&value, bytes.data() + offset, sizeof value);
  if constexpr (std::endian::native == std::endian::little) {
    if constexpr (sizeof value == 2) return static_cast<Integer>(__builtin_bswap16(static_cast<std::uint16_t>(value)));
    if constexpr (sizeof value == 4) return static_cast<Integer>(__builtin_bswap32(static_cast<std::uint32_t>(value)));
    if constexpr (sizeof value == 8) return static_cast<Integer>(__builtin_bswap64(static_cast<std::uint64_t>(value)));
  }
  return value;
}

inline double read_double(std::string_view bytes, std::size_t offset = 0) {
  return std::bit_cast<double>(read_big_endian<std::uint64_t>(bytes, offset));
}

}  // namespace parse::storage::postgres
