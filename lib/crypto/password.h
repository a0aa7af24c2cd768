#pragma once

#include <string>
#include <string_view>

/// bcrypt. Slow by purpose: see auth::PasswordHasher for what keeps it away from other requests.
namespace parse::crypto {

/// Most bytes of a password that bcrypt looks at; what follows changes nothing, as in the reference (bcryptjs).
inline constexpr std::size_t kBcryptBytes = 72;
/// What a work factor may be. A hash from the database with a higher one would hold its thread for minutes, and nothing
/// can interrupt it; such a hash matches nothing.
inline constexpr int kLeastBcryptCost = 4;
inline constexpr int kMostBcryptCost = 18;

/// The bcrypt hash of `password`, with a fresh salt: 60 characters that begin with "$2b$". One more of `cost` doubles
/// the time. Any thread. Errors: kValidationError (142) for a password with a NUL character, which bcrypt cannot hold
/// beyond doubt; kInternal (1) when the library fails.
std::string bcrypt_hash(std::string_view password, int cost);

/// Whether `hash` ("$2a$", "$2b$" or "$2y$") was made from `password`. False for a hash of any other form, and for a
/// password that is empty or has a NUL character. Any thread.
bool bcrypt_matches(std::string_view password, std::string_view hash);

}  // namespace parse::crypto
