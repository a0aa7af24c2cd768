#pragma once

#include <cstddef>
#include <string>

namespace parse::crypto {

/// `length` characters of A-Z, a-z and 0-9, each equally likely, from the system's secure generator. Any thread.
/// Throws Error kInternal when the system has no randomness to give.
std::string random_alphanumeric(std::size_t length);

/// A new objectId; Parse's default length is 10.
inline std::string new_object_id(std::size_t length = 10) { return random_alphanumeric(length); }

/// `bytes` random bytes as lower-case hexadecimal.
std::string random_hex(std::size_t bytes);

}  // namespace parse::crypto
