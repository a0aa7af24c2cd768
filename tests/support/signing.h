#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace parse::test {

/// URL-safe base64 without padding, as in a JWT.
std::string base64url(std::string_view bytes);

/// A key pair made for the test.
class SigningKey {
 public:
  /// 2048 bits.
  static SigningKey rsa();
  /// The same key for the same number, 0 to 3, all through the program: making one takes a while.
  static const SigningKey& rsa_number(std::size_t number);
  /// Curve P-256.
  static SigningKey ec();

  EVP_PKEY* get() const { return key_.get(); }
  /// SHA-256 with the key: PKCS#1 for RSA; for EC the DER form, or r and s one after the other as in a JWT.
  std::string sign(std::string_view text) const;
  std::string sign_as_jwt(std::string_view text) const;
  /// `{"kty":…,"kid":kid,…}`
  std::string jwk(const std::string& kid) const;
  std::string public_pem() const;
  std::string private_pem() const;
  bool is_rsa() const;

 private:
  explicit SigningKey(EVP_PKEY* key) : key_(key, EVP_PKEY_free) {}
  std::shared_ptr<EVP_PKEY> key_;
};

/// `header.payload.signature`; both parts are JSON texts. With `key` nullptr the signature is empty.
std::string make_jwt(const std::string& header, const std::string& payload, const SigningKey* key);
/// As make_jwt, signed by HMAC-SHA256.
std::string make_hmac_jwt(const std::string& header, const std::string& payload, const std::string& secret);

/// What a certificate says.
struct CertificateText {
  std::string common_name;
  /// `DNS:localhost`, `IP:127.0.0.1`; empty: none.
  std::string alternative_names = {};
  bool is_authority = false;
};

/// An X.509 certificate for `key`, valid now and for an hour.
class Certificate {
 public:
  /// Signed by `issuer_key`, as `issuer`; nullptr: self-signed.
  Certificate(const CertificateText& text, const SigningKey& key, const Certificate* issuer,
              const SigningKey& issuer_key);
  std::string pem() const;
  std::string der() const;

 private:
  std::shared_ptr<X509> x509_;
};

}  // namespace parse::test
