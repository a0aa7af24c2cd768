#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "auth/providers/services.h"
#include "crypto/public_key.h"
#include "object/value.h"

namespace parse::auth {

struct KeySetSettings {
  /// Where the JSON Web Key Set (RFC 7517) is.
  std::string url;
  /// How long keys hold when the answer does not say (Cache-Control: max-age), and the longest that it may say.
  std::chrono::milliseconds max_age = std::chrono::hours(1);
  /// A key that is not in the set has it fetched again, but not more often than this: anybody can invent key ids.
  std::chrono::milliseconds least_age = std::chrono::seconds(10);
};

/// The public keys of one issuer, fetched when needed and kept. Any thread: one fetches, the others wait for it.
class KeySet {
 public:
  KeySet(KeySetSettings settings, ProviderServices services);

  /// The key `kid` for `algorithm`. An empty `kid` finds the only key there is. Nothing when there is no such key.
  /// Throws as HttpClient when the set cannot be fetched, or kScriptFailed (141) when what came is none.
  std::optional<crypto::PublicKey> find(const std::string& kid, crypto::SignatureAlgorithm algorithm);

 private:
  struct Key;  // complete in the .cpp only
  using Keys = std::vector<Key>;

  static std::optional<Key> read_key(const object::Value& entry);
  static std::optional<crypto::PublicKey> pick(const Keys& keys, const std::string& kid,
                                               crypto::SignatureAlgorithm algorithm);
  std::shared_ptr<const Keys> current(bool want_newer);
  void fetch(std::unique_lock<std::mutex>& lock);
  std::chrono::milliseconds time_of(const net::HttpResponse& answer) const;

  const KeySetSettings settings_;
  const ProviderServices services_;
  std::mutex mutex_;  // guards everything below; not held while fetching
  std::condition_variable fetched_;
  bool fetching_ = false;
  std::shared_ptr<const Keys> keys_;
  Milliseconds fetched_at_ = 0;
  Milliseconds expires_at_ = 0;
};

}  // namespace parse::auth
