#include "schema/schema_cache.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <thread>
#include <vector>

using parse::schema::ClassSchema;
using parse::schema::SchemaCache;

namespace {

ClassSchema named(std::string name) {
  ClassSchema class_schema;
  class_schema.name = std::move(name);
  return class_schema;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(schema_cache)

BOOST_AUTO_TEST_CASE(a_snapshot_does_not_change_when_the_cache_does) {
  SchemaCache cache;
  cache.set(named("A"));
  const auto before = cache.snapshot();
  cache.set(named("B"));
  cache.erase("A");
  BOOST_TEST(before->find("A") != nullptr);
  BOOST_TEST(before->find("B") == nullptr);
  BOOST_TEST(cache.snapshot()->find("A") == nullptr);
  BOOST_TEST(cache.snapshot()->find("B") != nullptr);
}

BOOST_AUTO_TEST_CASE(changes_from_many_threads_are_all_kept_while_others_read) {
  SchemaCache cache;
  constexpr int kThreads = 4;
  constexpr int kClasses = 50;
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < kThreads; ++thread) {
      threads.emplace_back([&cache, thread] {
        for (int i = 0; i < kClasses; ++i) cache.set(named("C" + std::to_string(thread) + "_" + std::to_string(i)));
      });
    }
    threads.emplace_back([&cache] {
      std::size_t seen = 0;
      while (seen < kThreads * kClasses) {
        const std::size_t now = cache.snapshot()->classes().size();
        BOOST_REQUIRE(now >= seen);
        seen = now;
      }
    });
  }
  BOOST_TEST(cache.snapshot()->classes().size() == static_cast<std::size_t>(kThreads * kClasses));
}

BOOST_AUTO_TEST_SUITE_END()
