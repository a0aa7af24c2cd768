#include "auth/providers/key_set.h"

#include <algorithm>
#include <charconv>

#include "auth/providers/fields.h"
#include "base/worker_pool.h"
#include "crypto/base64.h"
#include "object/json.h"

namespace parse::auth {
namespace {

constexpr std::size_t kMaxSetBytes = 256 * 1024;
constexpr std::size_t kMaxKeys = 100;

std::string bytes_at(const object::Object& jwk, std::string_view name) {
  return crypto::decode_base64url(text_at(jwk, name)).value_or("");
}

}  // namespace

struct KeySet::Key {
  std::string kid;
  crypto::SignatureAlgorithm algorithm;
  crypto::PublicKey key;
};

KeySet::KeySet(KeySetSettings settings, ProviderServices services)
    : settings_(std::move(settings)), services_(std::move(services)) {}

std::optional<crypto::PublicKey> KeySet::find(const std::string& kid, crypto::SignatureAlgorithm algorithm) {
  auto key = pick(*current(false), kid, algorithm);
  if (!key) key = pick(*current(true), kid, algorithm);
  return key;
}

std::optional<crypto::PublicKey> KeySet::pick(const Keys& keys, const std::string& kid,
                                              crypto::SignatureAlgorithm algorithm) {
  const auto fits = [&](const Key& key) { return key.algorithm == algorithm && (kid.empty() || key.kid == kid); };
  const auto found = std::find_if(keys.begin(), keys.end(), fits);
  if (found == keys.end()) return std::nullopt;
  if (kid.empty() && std::count_if(keys.begin(), keys.end(), fits) > 1) return std::nullopt;
  return found->key;
}

std::shared_ptr<const KeySet::Keys> KeySet::current(bool want_newer) {
  const BlockingSection waiting;
  std::unique_lock lock(mutex_);
  fetched_.wait(lock, [this] { return !fetching_; });
  const Milliseconds now = services_.clock();
  const bool expired = !keys_ || now >= expires_at_;
  const bool may_refetch = want_newer && now - fetched_at_ >= settings_.least_age.count();
  if (expired || may_refetch) fetch(lock);
  return keys_;
}

void KeySet::fetch(std::unique_lock<std::mutex>& lock) {
  struct Turn {
    KeySet& set;
    std::unique_lock<std::mutex>& lock;
    ~Turn() {
      if (!lock.owns_lock()) lock.lock();
      set.fetching_ = false;
      set.fetched_.notify_all();
    }
  };
  fetching_ = true;
  const Turn turn{*this, lock};
  lock.unlock();
  const Error refusal(ErrorCode::kScriptFailed, "The keys of the login provider could not be read.");
  const net::HttpResponse answer = services_.http.send({.url = settings_.url, .max_response_bytes = kMaxSetBytes});
  const object::Object body = read_object(answer, refusal);
  const object::Value* list = body.find("keys");
  if (!answer.ok() || list == nullptr || !list->is<object::Array>()) throw refusal;
  auto keys = std::make_shared<Keys>();
  for (const object::Value& entry : *list->get_if<object::Array>()) {
    if (auto key = read_key(entry); key && keys->size() < kMaxKeys) keys->push_back(std::move(*key));
  }
  lock.lock();
  keys_ = std::move(keys);
  fetched_at_ = services_.clock();
  expires_at_ = fetched_at_ + time_of(answer).count();
}

std::optional<KeySet::Key> KeySet::read_key(const object::Value& entry) {
  const auto* jwk = entry.get_if<object::Object>();
  if (jwk == nullptr) return std::nullopt;
  const std::string use = text_at(*jwk, "use");
  const std::string kind = text_at(*jwk, "kty");
  const bool is_rsa = kind == "RSA";
  if ((!use.empty() && use != "sig") || (!is_rsa && (kind != "EC" || text_at(*jwk, "crv") != "P-256"))) {
    return std::nullopt;
  }
  const auto algorithm = is_rsa ? crypto::SignatureAlgorithm::kRs256 : crypto::SignatureAlgorithm::kEs256;
  const std::string named = text_at(*jwk, "alg");
  if (!named.empty() && named != crypto::name_of(algorithm)) return std::nullopt;
  auto key = is_rsa ? crypto::PublicKey::rsa(bytes_at(*jwk, "n"), bytes_at(*jwk, "e"))
                    : crypto::PublicKey::p256(bytes_at(*jwk, "x"), bytes_at(*jwk, "y"));
  if (!key) return std::nullopt;
  return Key{text_at(*jwk, "kid"), algorithm, std::move(*key)};
}

std::chrono::milliseconds KeySet::time_of(const net::HttpResponse& answer) const {
  const std::string* control = answer.header("Cache-Control");
  const std::size_t start = control == nullptr ? std::string::npos : control->find("max-age=");
  if (start == std::string::npos) return settings_.max_age;
  std::int64_t seconds = 0;
  const char* const digits = control->data() + start + 8;
  if (std::from_chars(digits, control->data() + control->size(), seconds).ec != std::errc{}) return settings_.max_age;
  const std::int64_t longest = settings_.max_age.count() / 1000;
  const auto time = std::chrono::milliseconds(std::clamp<std::int64_t>(seconds, 0, longest) * 1000);
  return std::max(time, settings_.least_age);
}

}  // namespace parse::auth
