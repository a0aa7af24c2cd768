#include "crypto/public_key.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <ctime>

namespace parse::crypto {
namespace {

constexpr int kMinRsaBits = 2048;
constexpr int kMaxRsaBits = 8192;
constexpr std::size_t kCoordinate = 32;

template <auto Free>
struct Deleter {
  template <typename T>
  void operator()(T* pointer) const {
    Free(pointer);
  }
};
using Number = std::unique_ptr<BIGNUM, Deleter<BN_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Deleter<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Deleter<OSSL_PARAM_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Deleter<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Deleter<EVP_MD_CTX_free>>;
using Signature = std::unique_ptr<ECDSA_SIG, Deleter<ECDSA_SIG_free>>;
using Memory = std::unique_ptr<BIO, Deleter<BIO_free>>;

/// What failed stays in OpenSSL's queue of the thread, where others might take it for theirs.
struct ErrorQueue {
  ErrorQueue() = default;
  ~ErrorQueue() { ERR_clear_error(); }
  ErrorQueue(const ErrorQueue&) = delete;
  ErrorQueue& operator=(const ErrorQueue&) = delete;
};

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

Number number_of(std::string_view bytes) {
  return Number(BN_bin2bn(bytes_of(bytes), static_cast<int>(bytes.size()), nullptr));
}

/// A checked public key of `kind` from `builder`'s parameters, or nullptr.
std::shared_ptr<EVP_PKEY> make_key(const char* kind, OSSL_PARAM_BLD* builder) {
  const Parameters parameters(OSSL_PARAM_BLD_to_param(builder));
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, kind, nullptr));
  EVP_PKEY* key = nullptr;
  if (EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1) {
    return nullptr;
  }
  std::shared_ptr<EVP_PKEY> made(key, EVP_PKEY_free);
  const KeyContext check(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
  return EVP_PKEY_public_check(check.get()) == 1 ? made : nullptr;
}

/// r and s as the DER that OpenSSL wants; "" when they are of another size.
std::string to_der(std::string_view joined) {
  if (joined.size() != 2 * kCoordinate) return {};
  const Signature pair(ECDSA_SIG_new());
  ECDSA_SIG_set0(pair.get(), number_of(joined.substr(0, kCoordinate)).release(),
                 number_of(joined.substr(kCoordinate)).release());
  std::string der(static_cast<std::size_t>(i2d_ECDSA_SIG(pair.get(), nullptr)), '\0');
  auto* out = reinterpret_cast<unsigned char*>(der.data());
  i2d_ECDSA_SIG(pair.get(), &out);
  return der;
}

bool is_p256(EVP_PKEY* key) {
  char group[64];
  return EVP_PKEY_is_a(key, "EC") == 1 && EVP_PKEY_get_group_name(key, group, sizeof group, nullptr) == 1 &&
         std::string_view(group) == SN_X9_62_prime256v1;
}

bool is_usable_rsa(EVP_PKEY* key) {
  const int bits = EVP_PKEY_get_bits(key);
  return EVP_PKEY_is_a(key, "RSA") == 1 && bits >= kMinRsaBits && bits <= kMaxRsaBits;
}

}  // namespace

std::string_view name_of(SignatureAlgorithm algorithm) {
  return algorithm == SignatureAlgorithm::kRs256 ? "RS256" : "ES256";
}

std::optional<PublicKey> PublicKey::rsa(std::string_view n, std::string_view e) {
  const ErrorQueue errors;
  if (n.size() > kMaxRsaBits / 8 + 1 || e.empty() || e.size() > 8) return std::nullopt;
  const Number modulus = number_of(n);
  const Number exponent = number_of(e);
  const Builder builder(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get());
  auto key = make_key("RSA", builder.get());
  if (!key || !is_usable_rsa(key.get())) return std::nullopt;
  return PublicKey(std::move(key));
}

std::optional<PublicKey> PublicKey::p256(std::string_view x, std::string_view y) {
  const ErrorQueue errors;
  if (x.size() != kCoordinate || y.size() != kCoordinate) return std::nullopt;
  const std::string point = std::string("\x04").append(x).append(y);
  const Builder builder(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0);
  OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
  auto key = make_key("EC", builder.get());
  if (!key) return std::nullopt;
  return PublicKey(std::move(key));
}

bool PublicKey::verifies(SignatureAlgorithm algorithm, std::string_view text, std::string_view signature) const {
  const ErrorQueue errors;
  const bool is_rs256 = algorithm == SignatureAlgorithm::kRs256;
  if (!(is_rs256 ? is_usable_rsa(key_.get()) : is_p256(key_.get()))) return false;
  const std::string der = is_rs256 ? std::string(signature) : to_der(signature);
  const DigestContext context(EVP_MD_CTX_new());
  return EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get()) == 1 &&
         EVP_DigestVerify(context.get(), bytes_of(der), der.size(), bytes_of(text), text.size()) == 1;
}

std::optional<Certificate> Certificate::read(std::string_view bytes) {
  const ErrorQueue errors;
  const Memory in(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
  const bool is_pem = bytes.find("-----BEGIN") != std::string_view::npos;
  X509* const x509 = is_pem ? PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr) : d2i_X509_bio(in.get(), nullptr);
  if (x509 == nullptr) return std::nullopt;
  return Certificate(std::shared_ptr<X509>(x509, X509_free));
}

bool Certificate::is_issued_by(const Certificate& issuer) const {
  const ErrorQueue errors;
  return X509_check_ca(issuer.x509_.get()) == 1 && X509_check_issued(issuer.x509_.get(), x509_.get()) == X509_V_OK &&
         X509_verify(x509_.get(), X509_get0_pubkey(issuer.x509_.get())) == 1;
}

bool Certificate::is_valid_at(std::int64_t seconds) const {
  const ErrorQueue errors;
  std::time_t time = seconds;
  return X509_cmp_time(X509_get0_notBefore(x509_.get()), &time) < 0 &&
         X509_cmp_time(X509_get0_notAfter(x509_.get()), &time) > 0;
}

std::optional<PublicKey> Certificate::public_key() const {
  EVP_PKEY* const key = X509_get_pubkey(x509_.get());
  if (key == nullptr) return std::nullopt;
  return PublicKey(std::shared_ptr<EVP_PKEY>(key, EVP_PKEY_free));
}

}  // namespace parse::crypto
