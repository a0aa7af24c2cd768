#include "crypto/digest.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <cctype>

#include "base/error.h"

namespace parse::crypto {
namespace {

const EVP_MD* algorithm(Hash hash) {
  switch (hash) {
    case Hash::kSha1:
      return EVP_sha1();
    case Hash::kSha256:
      return EVP_sha256();
    case Hash::kSha512:
      return EVP_sha512();
  }
  return nullptr;
}

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

[[noreturn]] void throw_failed() {
  throw Error(ErrorCode::kInternal, "Internal server error.", "OpenSSL has no digest");
}

}  // namespace

std::optional<Hash> hash_named(std::string_view name) {
  std::string plain;
  for (const char c : name) {
    if (c != '-') plain.push_back(static_cast<char>(std::toupper(static_cast<unsigned char>(c))));
  }
  if (plain == "SHA1") return Hash::kSha1;
  if (plain == "SHA256") return Hash::kSha256;
  if (plain == "SHA512") return Hash::kSha512;
  return std::nullopt;
}

std::string digest(Hash hash, std::string_view text) {
  unsigned char out[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  if (EVP_Digest(text.data(), text.size(), out, &size, algorithm(hash), nullptr) != 1) throw_failed();
  return std::string(reinterpret_cast<const char*>(out), size);
}

struct Digester::Context {
  EVP_MD_CTX* handle = EVP_MD_CTX_new();
  ~Context() { EVP_MD_CTX_free(handle); }
};

Digester::Digester(Hash hash) : context_(std::make_unique<Context>()) {
  if (EVP_DigestInit_ex(context_->handle, algorithm(hash), nullptr) != 1) throw_failed();
}

Digester::~Digester() = default;

void Digester::add(std::string_view part) {
  if (EVP_DigestUpdate(context_->handle, part.data(), part.size()) != 1) throw_failed();
}

std::string Digester::finish() {
  unsigned char out[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  if (EVP_DigestFinal_ex(context_->handle, out, &size) != 1) throw_failed();
  return std::string(reinterpret_cast<const char*>(out), size);
}

std::string hmac(Hash hash, std::string_view key, std::string_view text) {
  unsigned char out[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  if (HMAC(algorithm(hash), key.data(), static_cast<int>(key.size()), bytes_of(text), text.size(), out, &size) ==
      nullptr) {
    throw_failed();
  }
  return std::string(reinterpret_cast<const char*>(out), size);
}

std::string to_hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    text.push_back(kDigits[static_cast<unsigned char>(c) >> 4]);
    text.push_back(kDigits[static_cast<unsigned char>(c) & 15]);
  }
  return text;
}

}  // namespace parse::crypto
