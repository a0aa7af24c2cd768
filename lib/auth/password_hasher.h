#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "base/worker_pool.h"

namespace parse::auth {

struct PasswordHasherSettings {
  /// bcrypt's work factor: one more doubles the time. Parse's is 10.
  int cost = 10;
  /// Hashes computed at the same time; 0: half the cores, at least one.
  std::size_t threads = 0;
  /// Calls that may wait for a thread. Each holds a request thread, so it stays well below those of the request pool.
  std::size_t queue_capacity = 64;
};

/// Computes password hashes on threads of its own, of low scheduling priority: a storm of logins takes the time that
/// other requests leave. Callers wait inside a BlockingSection. Any thread.
/// Errors of every call: kRequestLimitExceeded (155, HTTP status 503) when too many calls wait already.
class PasswordHasher {
 public:
  explicit PasswordHasher(PasswordHasherSettings settings = {});

  /// As crypto::bcrypt_hash.
  std::string hash(std::string_view password);
  /// As crypto::bcrypt_matches: false, and no error, for a hash that is none.
  bool matches(std::string_view password, std::string_view hash);
  /// Costs as much as `matches` and finds nothing: for users who do not exist or have no password, so that the time of
  /// an answer does not tell (GHSA-mmpq-5hcv-hf2v).
  void match_nobody(std::string_view password);

 private:
  void run(const std::function<void()>& work);

  const int cost_;
  const std::string nobodys_hash_;
  WorkerPool pool_;
};

}  // namespace parse::auth
