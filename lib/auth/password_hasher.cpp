#include "auth/password_hasher.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <future>
#include <memory>
#include <thread>

#include "base/error.h"
#include "crypto/password.h"
#include "crypto/random.h"

namespace parse::auth {
namespace {

/// Below the rest of the process by this much: a third of the share of its other threads, when both want the same core.
constexpr int kNiceness = 5;

/// On Linux the priority belongs to the thread. Where the system refuses, hashing works all the same.
void lower_priority_once() {
  thread_local const int result =
      setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), getpriority(PRIO_PROCESS, 0) + kNiceness);
  static_cast<void>(result);
}

std::size_t thread_count(std::size_t wanted) {
  return wanted > 0 ? wanted : std::max<std::size_t>(1, std::thread::hardware_concurrency() / 2);
}

}  // namespace

PasswordHasher::PasswordHasher(PasswordHasherSettings settings)
    : cost_(settings.cost),
      nobodys_hash_(crypto::bcrypt_hash(crypto::random_alphanumeric(25), cost_)),
      pool_({.active = thread_count(settings.threads),
             .max_threads = thread_count(settings.threads),
             .queue_capacity = settings.queue_capacity}) {}

std::string PasswordHasher::hash(std::string_view password) {
  std::string hash;
  run([&] { hash = crypto::bcrypt_hash(password, cost_); });
  return hash;
}

bool PasswordHasher::matches(std::string_view password, std::string_view hash) {
  bool matches = false;
  run([&] { matches = crypto::bcrypt_matches(password, hash); });
  return matches;
}

void PasswordHasher::match_nobody(std::string_view password) { matches(password, nobodys_hash_); }

void PasswordHasher::run(const std::function<void()>& work) {
  // Owned by the task: the caller may be gone before the thread has finished saying that it is done.
  const auto task = std::make_shared<std::packaged_task<void()>>([&work] {
    lower_priority_once();
    work();
  });
  std::future<void> done = task->get_future();
  if (!pool_.try_post([task] { (*task)(); })) {
    throw Error(ErrorCode::kRequestLimitExceeded, "Too many passwords are being checked, try again.");
  }
  const BlockingSection waiting;
  done.get();
}

}  // namespace parse::auth
