#include "crypto/password.h"

#include <crypt.h>
#include <fmt/format.h>
#include <string.h>  // explicit_bzero is not in <cstring>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>

#include "base/error.h"
#include "crypto/compare.h"

namespace parse::crypto {
namespace {

constexpr std::size_t kHashLength = 60;
constexpr std::size_t kCostAt = 4;

/// The library's work space; it holds what was derived from the password and is wiped.
class Scratch {
 public:
  Scratch() : data_(std::make_unique<crypt_data>()) {}
  ~Scratch() { explicit_bzero(data_.get(), sizeof(crypt_data)); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  /// nullptr when the library refuses `setting`.
  const char* run(std::string_view password, const std::string& setting) {
    // The library refuses long texts, of which bcrypt would use this much anyway.
    std::string key(password.substr(0, kBcryptBytes));
    const char* hash = crypt_rn(key.c_str(), setting.c_str(), data_.get(), sizeof(crypt_data));
    explicit_bzero(key.data(), key.size());
    return hash;
  }

 private:
  std::unique_ptr<crypt_data> data_;
};

bool has_nul(std::string_view text) { return text.find('\0') != std::string_view::npos; }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_salt_character(char c) {
  return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' || c == '/';
}

bool is_bcrypt(std::string_view hash) {
  if (hash.size() != kHashLength) return false;
  const std::string_view version = hash.substr(0, kCostAt);
  if (version != "$2a$" && version != "$2b$" && version != "$2y$") return false;
  if (!is_digit(hash[kCostAt]) || !is_digit(hash[kCostAt + 1]) || hash[kCostAt + 2] != '$') return false;
  const int cost = (hash[kCostAt] - '0') * 10 + (hash[kCostAt + 1] - '0');
  if (cost < kLeastBcryptCost || cost > kMostBcryptCost) return false;
  return std::all_of(hash.begin() + kCostAt + 3, hash.end(), is_salt_character);
}

std::string new_setting(int cost) {
  std::array<char, CRYPT_GENSALT_OUTPUT_SIZE> setting{};
  // Without bytes of ours the library asks the system for some.
  if (crypt_gensalt_rn("$2b$", static_cast<unsigned long>(cost), nullptr, 0, setting.data(), setting.size()) ==
      nullptr) {
    throw Error(ErrorCode::kInternal, "Internal server error.", fmt::format("no bcrypt salt: errno {}", errno));
  }
  return setting.data();
}

}  // namespace

std::string bcrypt_hash(std::string_view password, int cost) {
  if (has_nul(password)) throw Error(ErrorCode::kValidationError, "Password cannot contain a NUL character.");
  Scratch scratch;
  const char* hash = scratch.run(password, new_setting(cost));
  if (hash == nullptr) {
    throw Error(ErrorCode::kInternal, "Internal server error.", fmt::format("bcrypt failed: errno {}", errno));
  }
  return hash;
}

bool bcrypt_matches(std::string_view password, std::string_view hash) {
  if (password.empty() || has_nul(password) || !is_bcrypt(hash)) return false;
  Scratch scratch;
  const char* computed = scratch.run(password, std::string(hash));
  return computed != nullptr && equal_secrets(computed, hash);
}

}  // namespace parse::crypto
