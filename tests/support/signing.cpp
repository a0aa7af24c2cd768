#include "tests/support/signing.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <array>
#include <mutex>
#include <optional>
#include <stdexcept>

namespace parse::test {
namespace {

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

std::string number(EVP_PKEY* key, const char* name, int width) {
  BIGNUM* value = nullptr;
  if (EVP_PKEY_get_bn_param(key, name, &value) != 1) throw std::runtime_error("no such key parameter");
  std::string bytes(static_cast<std::size_t>(width > 0 ? width : BN_num_bytes(value)), '\0');
  BN_bn2binpad(value, reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  BN_free(value);
  return bytes;
}

template <typename Write>
std::string written(Write write) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> out(BIO_new(BIO_s_mem()), BIO_free);
  write(out.get());
  char* data = nullptr;
  const long size = BIO_get_mem_data(out.get(), &data);
  return std::string(data, static_cast<std::size_t>(size));
}

void add_extension(X509* certificate, int kind, const std::string& value) {
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str());
  if (extension == nullptr) throw std::runtime_error("no such extension: " + value);
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

}  // namespace

std::string base64url(std::string_view bytes) {
  std::string out(4 * (bytes.size() / 3 + 1) + 1, '\0');
  const int size =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), bytes_of(bytes), static_cast<int>(bytes.size()));
  out.resize(static_cast<std::size_t>(size));
  while (out.ends_with('=')) out.pop_back();
  for (char& c : out) c = c == '+' ? '-' : c == '/' ? '_' : c;
  return out;
}

SigningKey SigningKey::rsa() { return SigningKey(EVP_RSA_gen(2048)); }
const SigningKey& SigningKey::rsa_number(std::size_t number) {
  static std::array<std::optional<SigningKey>, 4> keys;
  static std::mutex mutex;  // guards keys
  const std::lock_guard lock(mutex);
  std::optional<SigningKey>& key = keys.at(number);
  if (!key) key = rsa();
  return *key;
}

SigningKey SigningKey::ec() { return SigningKey(EVP_EC_gen("P-256")); }
bool SigningKey::is_rsa() const { return EVP_PKEY_is_a(get(), "RSA") == 1; }

std::string SigningKey::sign(std::string_view text) const {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  std::size_t size = 0;
  EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, get());
  EVP_DigestSign(context.get(), nullptr, &size, bytes_of(text), text.size());
  std::string signature(size, '\0');
  EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, bytes_of(text), text.size());
  signature.resize(size);
  return signature;
}

std::string SigningKey::sign_as_jwt(std::string_view text) const {
  const std::string der = sign(text);
  if (is_rsa()) return der;
  const unsigned char* data = bytes_of(der);
  ECDSA_SIG* const pair = d2i_ECDSA_SIG(nullptr, &data, static_cast<long>(der.size()));
  std::string joined(64, '\0');
  auto* const out = reinterpret_cast<unsigned char*>(joined.data());
  BN_bn2binpad(ECDSA_SIG_get0_r(pair), out, 32);
  BN_bn2binpad(ECDSA_SIG_get0_s(pair), out + 32, 32);
  ECDSA_SIG_free(pair);
  return joined;
}

std::string SigningKey::jwk(const std::string& kid) const {
  const std::string start = "{\"kid\":\"" + kid + "\",\"use\":\"sig\",";
  if (is_rsa()) {
    return start + "\"kty\":\"RSA\",\"alg\":\"RS256\",\"n\":\"" + base64url(number(get(), OSSL_PKEY_PARAM_RSA_N, 0)) +
           "\",\"e\":\"" + base64url(number(get(), OSSL_PKEY_PARAM_RSA_E, 0)) + "\"}";
  }
  return start + "\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" + base64url(number(get(), OSSL_PKEY_PARAM_EC_PUB_X, 32)) +
         "\",\"y\":\"" + base64url(number(get(), OSSL_PKEY_PARAM_EC_PUB_Y, 32)) + "\"}";
}

std::string SigningKey::public_pem() const {
  return written([this](BIO* out) { PEM_write_bio_PUBKEY(out, get()); });
}

std::string SigningKey::private_pem() const {
  return written([this](BIO* out) { PEM_write_bio_PrivateKey(out, get(), nullptr, nullptr, 0, nullptr, nullptr); });
}

std::string make_jwt(const std::string& header, const std::string& payload, const SigningKey* key) {
  const std::string text = base64url(header) + "." + base64url(payload);
  return text + "." + (key == nullptr ? "" : base64url(key->sign_as_jwt(text)));
}

std::string make_hmac_jwt(const std::string& header, const std::string& payload, const std::string& secret) {
  const std::string text = base64url(header) + "." + base64url(payload);
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()), bytes_of(text), text.size(), digest, &size);
  return text + "." + base64url(std::string_view(reinterpret_cast<const char*>(digest), size));
}

Certificate::Certificate(const CertificateText& text, const SigningKey& key, const Certificate* issuer,
                         const SigningKey& issuer_key)
    : x509_(X509_new(), X509_free) {
  X509* const made = x509_.get();
  X509_set_version(made, 2);
  static long serial = 1000;
  ASN1_INTEGER_set(X509_get_serialNumber(made), ++serial);
  X509_gmtime_adj(X509_getm_notBefore(made), -60);
  X509_gmtime_adj(X509_getm_notAfter(made), 3600);
  X509_set_pubkey(made, key.get());
  X509_NAME* const name = X509_get_subject_name(made);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, bytes_of(text.common_name), -1, -1, 0);
  X509_set_issuer_name(made, issuer == nullptr ? name : X509_get_subject_name(issuer->x509_.get()));
  add_extension(made, NID_basic_constraints, text.is_authority ? "critical,CA:TRUE" : "critical,CA:FALSE");
  if (!text.alternative_names.empty()) add_extension(made, NID_subject_alt_name, text.alternative_names);
  if (X509_sign(made, issuer_key.get(), EVP_sha256()) == 0) throw std::runtime_error("cannot sign a certificate");
}

std::string Certificate::pem() const {
  return written([this](BIO* out) { PEM_write_bio_X509(out, x509_.get()); });
}

std::string Certificate::der() const {
  return written([this](BIO* out) { i2d_X509_bio(out, x509_.get()); });
}

}  // namespace parse::test
