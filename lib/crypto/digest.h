#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace parse::crypto {

enum class Hash { kSha1, kSha256, kSha512 };

/// "SHA1", "SHA256" or "SHA512", in any case and with a dash or without. Nothing for others.
std::optional<Hash> hash_named(std::string_view name);

/// The digest of `text`, as bytes. Throws Error kInternal when OpenSSL cannot.
std::string digest(Hash hash, std::string_view text);

/// The digest of what comes in parts. One thread.
class Digester {
 public:
  /// Throws Error kInternal when OpenSSL cannot, as do the others.
  explicit Digester(Hash hash);
  ~Digester();
  Digester(const Digester&) = delete;
  Digester& operator=(const Digester&) = delete;

  void add(std::string_view part);
  /// The digest of all parts, as bytes. Once.
  std::string finish();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

/// The keyed digest of `text` (RFC 2104), as bytes. Throws Error kInternal when OpenSSL cannot.
std::string hmac(Hash hash, std::string_view key, std::string_view text);

/// Lower-case hexadecimal.
std::string to_hex(std::string_view bytes);

}  // namespace parse::crypto
