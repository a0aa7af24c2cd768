#include "auth/password_hasher.h"

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <latch>
#include <thread>
#include <vector>

#include "base/error.h"

using parse::Error;
using parse::ErrorCode;
using parse::WorkerPool;
using parse::auth::PasswordHasher;
using parse::auth::PasswordHasherSettings;

namespace {

PasswordHasherSettings cheap() { return {.cost = 4, .threads = 1}; }

template <typename Work>
std::chrono::nanoseconds time_of(Work work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::steady_clock::now() - start;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(password_hasher)

BOOST_AUTO_TEST_CASE(hash_matches_its_password_only) {
  PasswordHasher hasher(cheap());
  const std::string hash = hasher.hash("secret");
  BOOST_TEST(hash.starts_with("$2b$04$"));
  BOOST_TEST(hasher.matches("secret", hash));
  BOOST_TEST(!hasher.matches("other", hash));
  BOOST_TEST(!hasher.matches("secret", "no hash"));
}

BOOST_AUTO_TEST_CASE(the_usual_cost_is_ten) { BOOST_TEST(PasswordHasher().hash("secret").starts_with("$2b$10$")); }

BOOST_AUTO_TEST_CASE(an_error_of_hashing_reaches_the_caller) {
  PasswordHasher hasher(cheap());
  BOOST_CHECK_EXCEPTION(hasher.hash(std::string("a\0b", 3)), Error,
                        [](const Error& error) { return error.code() == ErrorCode::kValidationError; });
}

// GHSA-mmpq-5hcv-hf2v
BOOST_AUTO_TEST_CASE(matching_nobody_takes_as_long_as_matching_somebody) {
  PasswordHasher hasher({.cost = 8, .threads = 1});
  const std::string hash = hasher.hash("secret");
  auto somebody = std::chrono::nanoseconds::max();
  auto nobody = somebody;
  // The shortest of several in turn: a busy machine slows both.
  for (int i = 0; i < 15; ++i) {
    somebody = std::min(somebody, time_of([&] { hasher.matches("wrong", hash); }));
    nobody = std::min(nobody, time_of([&] { hasher.match_nobody("wrong"); }));
  }
  BOOST_TEST(nobody.count() > somebody.count() / 2);
  BOOST_TEST(nobody.count() < somebody.count() * 2);
}

BOOST_AUTO_TEST_CASE(many_callers_share_few_threads) {
  PasswordHasher hasher(cheap());
  const std::string hash = hasher.hash("secret");
  std::atomic<int> right = 0;
  std::vector<std::jthread> callers;
  for (int i = 0; i < 20; ++i) {
    callers.emplace_back([&] { right += hasher.matches("secret", hash) ? 1 : 0; });
  }
  callers.clear();
  BOOST_TEST(right == 20);
}

BOOST_AUTO_TEST_CASE(callers_beyond_the_queue_are_refused_at_once) {
  PasswordHasher hasher({.cost = 10, .threads = 1, .queue_capacity = 1});
  constexpr int kCallers = 12;
  std::latch together(kCallers);
  std::atomic<int> done = 0;
  std::atomic<int> refused = 0;
  std::vector<std::jthread> callers;
  for (int i = 0; i < kCallers; ++i) {
    callers.emplace_back([&] {
      together.arrive_and_wait();
      try {
        hasher.match_nobody("secret");
        ++done;
      } catch (const Error& error) {
        if (error.code() == ErrorCode::kRequestLimitExceeded) ++refused;
      }
    });
  }
  callers.clear();
  BOOST_TEST(done >= 1);
  BOOST_TEST(refused >= 1);
  BOOST_TEST(done + refused == kCallers);
}

BOOST_AUTO_TEST_CASE(a_request_that_waits_for_its_hash_leaves_its_place_to_another) {
  PasswordHasher hasher({.cost = 10, .threads = 1});
  WorkerPool requests({.active = 1, .max_threads = 2, .queue_capacity = 10});
  std::atomic<bool> hashed = false;
  std::atomic<bool> overtaken = false;
  std::latch both(2);
  requests.try_post([&] {
    hasher.match_nobody("secret");
    hashed = true;
    both.count_down();
  });
  requests.try_post([&] {
    overtaken = !hashed;
    both.count_down();
  });
  both.wait();
  BOOST_TEST(overtaken);
}

BOOST_AUTO_TEST_SUITE_END()
