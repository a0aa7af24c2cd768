#include "cache/memory_cache.h"

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <string>
#include <thread>
#include <vector>

using parse::cache::MemoryCache;
using parse::cache::MemoryCacheSettings;
using std::chrono::milliseconds;
using Cache = MemoryCache<std::string>;

namespace {

struct FakeClock {
  std::chrono::steady_clock::time_point now{};
  parse::cache::Clock clock() {
    return [this] { return now; };
  }
};

Cache::Pointer text(std::string value) { return std::make_shared<const std::string>(std::move(value)); }

}  // namespace

BOOST_AUTO_TEST_SUITE(memory_cache)

BOOST_AUTO_TEST_CASE(a_value_is_found_until_its_time_is_over) {
  FakeClock time;
  Cache cache({.max_entries = 10, .time_to_live = milliseconds(100)}, time.clock());
  cache.put("a", text("1"));
  time.now += milliseconds(99);
  BOOST_TEST(*cache.get("a") == "1");
  time.now += milliseconds(1);
  BOOST_TEST(!cache.get("a"));
  BOOST_TEST(cache.size() == 0u);
}

BOOST_AUTO_TEST_CASE(a_time_of_its_own_counts_instead_of_the_usual_one) {
  FakeClock time;
  Cache cache({.max_entries = 10, .time_to_live = milliseconds(100)}, time.clock());
  cache.put("a", text("1"), milliseconds(500));
  time.now += milliseconds(400);
  BOOST_TEST(!!cache.get("a"));
}

BOOST_AUTO_TEST_CASE(no_time_at_all_removes_what_is_there) {
  Cache cache({.max_entries = 10});
  cache.put("a", text("1"));
  cache.put("a", text("2"), milliseconds(0));
  BOOST_TEST(!cache.get("a"));
}

BOOST_AUTO_TEST_CASE(putting_again_replaces_the_value_and_starts_its_time_anew) {
  FakeClock time;
  Cache cache({.max_entries = 10, .time_to_live = milliseconds(100)}, time.clock());
  cache.put("a", text("1"));
  time.now += milliseconds(60);
  cache.put("a", text("2"));
  time.now += milliseconds(60);
  BOOST_TEST(*cache.get("a") == "2");
  BOOST_TEST(cache.size() == 1u);
}

BOOST_AUTO_TEST_CASE(the_least_recently_used_entry_is_pushed_out) {
  Cache cache({.max_entries = 2});
  cache.put("a", text("1"));
  cache.put("b", text("2"));
  cache.get("a");
  cache.put("c", text("3"));
  BOOST_TEST(!!cache.get("a"));
  BOOST_TEST(!cache.get("b"));
  BOOST_TEST(!!cache.get("c"));
}

BOOST_AUTO_TEST_CASE(a_limit_of_zero_keeps_nothing) {
  Cache cache({.max_entries = 0});
  cache.put("a", text("1"));
  BOOST_TEST(!cache.get("a"));
}

BOOST_AUTO_TEST_CASE(a_large_cache_never_holds_more_than_its_limit) {
  Cache cache({.max_entries = 2048});
  for (int i = 0; i < 10'000; ++i) cache.put("key" + std::to_string(i), text("v"));
  BOOST_TEST(cache.size() <= 2048u);
  BOOST_TEST(cache.size() > 1500u);
  BOOST_TEST(!!cache.get("key9999"));
}

BOOST_AUTO_TEST_CASE(erased_entries_are_gone_and_others_stay) {
  Cache cache({.max_entries = 10});
  cache.put("a", text("1"));
  cache.put("b", text("2"));
  BOOST_TEST(cache.erase("a"));
  BOOST_TEST(!cache.erase("a"));
  BOOST_TEST(!cache.get("a"));
  BOOST_TEST(!!cache.get("b"));
}

BOOST_AUTO_TEST_CASE(entries_can_be_erased_by_what_they_hold) {
  Cache cache({.max_entries = 4096});
  for (int i = 0; i < 100; ++i) cache.put("key" + std::to_string(i), text(i % 2 == 0 ? "even" : "odd"));
  cache.erase_if([](std::string_view, const std::string& value) { return value == "even"; });
  BOOST_TEST(cache.size() == 50u);
  BOOST_TEST(!cache.get("key10"));
  BOOST_TEST(!!cache.get("key11"));
}

BOOST_AUTO_TEST_CASE(clear_removes_everything) {
  Cache cache({.max_entries = 4096});
  for (int i = 0; i < 100; ++i) cache.put("key" + std::to_string(i), text("v"));
  cache.clear();
  BOOST_TEST(cache.size() == 0u);
  BOOST_TEST(!cache.get("key1"));
}

BOOST_AUTO_TEST_CASE(a_value_read_before_a_removal_is_not_kept_after_it) {
  Cache cache({.max_entries = 10});
  const auto generation = cache.generation("a");
  cache.erase("a");
  BOOST_TEST(!cache.put_if_current("a", text("stale"), generation));
  BOOST_TEST(!cache.get("a"));
  BOOST_TEST(cache.put_if_current("a", text("fresh"), cache.generation("a")));
  BOOST_TEST(*cache.get("a") == "fresh");
}

BOOST_AUTO_TEST_CASE(clearing_counts_as_a_removal_too) {
  Cache cache({.max_entries = 4096});
  const auto generation = cache.generation("a");
  cache.clear();
  BOOST_TEST(!cache.put_if_current("a", text("stale"), generation));
}

BOOST_AUTO_TEST_CASE(a_reader_keeps_its_value_when_the_entry_goes) {
  Cache cache({.max_entries = 10});
  cache.put("a", text("1"));
  const auto held = cache.get("a");
  cache.clear();
  BOOST_TEST(*held == "1");
}

BOOST_AUTO_TEST_CASE(many_threads_may_use_it_at_once) {
  Cache cache({.max_entries = 2048});
  std::atomic<int> wrong{0};
  const auto work = [&](int seed) {
    for (int i = 0; i < 20'000; ++i) {
      const std::string key = "key" + std::to_string((i * 7 + seed) % 3000);
      if (i % 3 == 0) cache.put(key, text(key));
      const auto found = cache.get(key);
      if (found && *found != key) ++wrong;
      if (i % 100 == 0) cache.erase(key);
      if (i % 5000 == 0) cache.clear();
    }
  };
  std::vector<std::thread> threads;
  for (int seed = 0; seed < 4; ++seed) threads.emplace_back(work, seed);
  for (std::thread& thread : threads) thread.join();
  BOOST_TEST(wrong == 0);
  BOOST_TEST(cache.size() <= 2048u);
}

BOOST_AUTO_TEST_SUITE_END()
