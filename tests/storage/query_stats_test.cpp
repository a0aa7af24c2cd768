#include "storage/query_stats.h"

#include <boost/test/unit_test.hpp>
#include <thread>

using namespace parse;
using namespace parse::storage;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(query_stats)

namespace {

query::Where field_is_one(const std::string& field) {
  query::Where where;
  where.conditions.push_back(query::FieldCondition{field, query::Equal{1}});
  return where;
}

void record(QueryStats& stats, const std::string& field, QueryStats::Duration elapsed) {
  const query::Where where = field_is_one(field);
  stats.record({"find", "Score", where, {}}, {.elapsed = elapsed, .rows = 3});
}

std::string field_of(const object::Value& entry) {
  return entry.as<object::Object>().at("where").as<object::Object>().begin()->key;
}

}  // namespace

BOOST_AUTO_TEST_CASE(equal_shapes_are_counted_together_and_the_dearest_comes_first) {
  QueryStats stats;
  record(stats, "cheap", 1ms);
  record(stats, "dear", 4ms);
  record(stats, "dear", 6ms);
  const object::Array report = stats.report();
  BOOST_REQUIRE_EQUAL(report.size(), 2U);
  BOOST_CHECK_EQUAL(field_of(report[0]), "dear");
  const auto& dear = report[0].as<object::Object>();
  BOOST_CHECK(dear.at("count") == object::Value(2));
  BOOST_CHECK(dear.at("totalMs") == object::Value(10.0));
  BOOST_CHECK(dear.at("maxMs") == object::Value(6.0));
  BOOST_CHECK(dear.at("rows") == object::Value(6));
}

BOOST_AUTO_TEST_CASE(rows_examined_are_told_with_how_many_queries_knew_them_and_only_then) {
  QueryStats stats;
  const query::Where where = field_is_one("a");
  record(stats, "a", 1ms);
  BOOST_CHECK(!stats.report()[0].as<object::Object>().contains("examined"));
  stats.record({"find", "Score", where, {}}, {.elapsed = 1ms, .rows = 3, .examined = 500});
  stats.record({"find", "Score", where, {}}, {.elapsed = 1ms, .rows = 3, .examined = 700});
  const object::Array report = stats.report();
  const auto& entry = report[0].as<object::Object>();
  BOOST_CHECK(entry.at("count") == object::Value(3));
  BOOST_CHECK(entry.at("examined") == object::Value(1200));
  BOOST_CHECK(entry.at("examinedCount") == object::Value(2));
}

BOOST_AUTO_TEST_CASE(of_too_many_shapes_those_that_cost_least_are_forgotten) {
  QueryStats stats;
  record(stats, "dear", 1h);
  for (int i = 0; i < 20000; ++i) record(stats, "field" + std::to_string(i), 1us);
  const object::Array report = stats.report();
  BOOST_CHECK_LE(report.size(), 2048U);
  BOOST_CHECK_EQUAL(field_of(report[0]), "dear");
}

BOOST_AUTO_TEST_CASE(what_was_recorded_can_be_cleared) {
  QueryStats stats;
  record(stats, "a", 1ms);
  stats.clear();
  BOOST_CHECK(stats.report().empty());
}

BOOST_AUTO_TEST_CASE(threads_record_side_by_side) {
  QueryStats stats;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        for (int j = 0; j < 1000; ++j) record(stats, "f" + std::to_string(j % 7), 1us);
      });
    }
  }
  std::int64_t count = 0;
  for (const object::Value& entry : stats.report()) count += entry.as<object::Object>().at("count").as<std::int64_t>();
  BOOST_CHECK_EQUAL(count, 4000);
}

BOOST_AUTO_TEST_SUITE_END()
