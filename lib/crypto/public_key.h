#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct evp_pkey_st;
struct x509_st;

namespace parse::crypto {

/// The signature algorithms of JWTs that are supported; a key serves exactly one kind.
enum class SignatureAlgorithm {
  /// "RS256": RSA (PKCS#1 v1.5) with SHA-256.
  kRs256,
  /// "ES256": curve P-256 with SHA-256.
  kEs256,
};

/// "RS256", "ES256".
std::string_view name_of(SignatureAlgorithm algorithm);

/// A public key that checks signatures. A value; copies share the key. Any thread.
class PublicKey {
 public:
  /// From the modulus and exponent of a JWK, as big-endian bytes. Nothing for moduli below 2048 or above 8192 bits.
  static std::optional<PublicKey> rsa(std::string_view n, std::string_view e);
  /// From the coordinates of a JWK on curve P-256, 32 bytes each. Nothing when the point is not on the curve.
  static std::optional<PublicKey> p256(std::string_view x, std::string_view y);

  /// Whether `signature` is that of `text`. False for keys of another kind than the algorithm's. An ES256 signature is
  /// r and s, 32 bytes each, as in a JWT.
  bool verifies(SignatureAlgorithm algorithm, std::string_view text, std::string_view signature) const;

 private:
  friend class Certificate;
  explicit PublicKey(std::shared_ptr<evp_pkey_st> key) : key_(std::move(key)) {}
  std::shared_ptr<evp_pkey_st> key_;
};

/// An X.509 certificate. A value; copies share it. Any thread.
class Certificate {
 public:
  /// From PEM or DER. Nothing for anything else.
  static std::optional<Certificate> read(std::string_view bytes);

  /// Whether `issuer` is an authority, is named as issuer, and its key made the signature.
  bool is_issued_by(const Certificate& issuer) const;
  /// Whether `seconds` since 1970 lies within the certificate's time.
  bool is_valid_at(std::int64_t seconds) const;
  std::optional<PublicKey> public_key() const;

 private:
  explicit Certificate(std::shared_ptr<x509_st> x509) : x509_(std::move(x509)) {}
  std::shared_ptr<x509_st> x509_;
};

}  // namespace parse::crypto
