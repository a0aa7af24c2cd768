#include <atomic>
#include <boost/test/unit_test.hpp>
#include <latch>
#include <optional>
#include <thread>

#include "storage/sqlite/advised_index.h"
#include "tests/storage/conformance/backends.h"

using namespace parse;
using namespace parse::storage;
using namespace parse::storage::sql;
using namespace parse::storage::sqlite;
using namespace std::chrono_literals;

/// When the server makes an index by itself, and who waits for it.
BOOST_AUTO_TEST_SUITE(sqlite_index_advisor)

namespace {

const IndexAdvice kName{"Score", "name"};
const IndexAdvice kOther{"Score", "n"};
constexpr std::int64_t kRows = 100000;
constexpr IndexAdvisor::Time kNow{1h};

struct Scores {
  conformance::ScratchFolder folder;
  std::unique_ptr<Connection> connection;
  Scores() {
    ConnectionSettings settings;
    settings.path = folder.file("s.db");
    connection = std::make_unique<Connection>(settings);
    connection->execute(
        "CREATE TABLE \"Score\" (\"_row\" INTEGER PRIMARY KEY, \"createdAt\" INTEGER, \"name\" TEXT, \"n\" NUMERIC)");
  }
  void insert(std::int64_t row, const std::string& name) {
    connection->run(sql::SqlText().raw("INSERT INTO \"Score\" VALUES (").bind(row).raw(", 0, ").bind(name).raw(", 0)"));
  }
  bool has_index() {
    StatementUse use(connection->prepare("SELECT 1 FROM sqlite_master WHERE name = 'auto:Score:name'"), {});
    return use->step();
  }
};

}  // namespace

BOOST_AUTO_TEST_CASE(two_scans_within_a_second_ask_for_an_index_once) {
  IndexAdvisor advisor;
  BOOST_CHECK(!advisor.note(kName, kRows, kNow));
  BOOST_CHECK(!advisor.note(kOther, kRows, kNow + 100ms));
  BOOST_CHECK(advisor.note(kName, kRows, kNow + 900ms));
  BOOST_CHECK(!advisor.note(kName, kRows, kNow + 901ms));
}

BOOST_AUTO_TEST_CASE(two_scans_at_once_ask_for_an_index_when_the_first_ends) {
  IndexAdvisor advisor;
  const IndexAdvisor::Running other(advisor, kOther);
  BOOST_CHECK(!advisor.note(kName, kRows, kNow));
  const IndexAdvisor::Running second(advisor, kName);
  BOOST_CHECK(advisor.note(kName, kRows, kNow + 1h));
}

BOOST_AUTO_TEST_CASE(a_scan_now_and_then_asks_for_an_index_at_the_tenth_time) {
  IndexAdvisor advisor;
  for (int i = 1; i < 10; ++i) BOOST_CHECK(!advisor.note(kName, kRows, kNow + i * 1min));
  BOOST_CHECK(advisor.note(kName, kRows, kNow + 10min));
}

BOOST_AUTO_TEST_CASE(scans_of_a_small_class_ask_for_an_index_only_when_there_are_many) {
  IndexAdvisor advisor;
  for (int i = 1; i < 40; ++i) BOOST_CHECK(!advisor.note(kName, 1000, kNow));
  BOOST_CHECK(advisor.note(kName, 1000, kNow));
}

BOOST_AUTO_TEST_CASE(an_index_is_asked_for_only_until_it_is_given) {
  IndexAdvisor advisor;
  BOOST_CHECK(advisor.is_open(kName));
  advisor.note(kName, kRows, kNow);
  BOOST_CHECK(advisor.is_open(kName));
  advisor.note(kName, kRows, kNow);
  BOOST_CHECK(!advisor.is_open(kName));
  BOOST_CHECK(advisor.is_open(kOther));
}

BOOST_AUTO_TEST_CASE(finds_that_gain_from_an_index_wait_until_it_is_made) {
  IndexAdvisor advisor;
  std::optional<IndexAdvisor::Making> making(std::in_place, advisor, kName);
  std::atomic<bool> ends{false};
  std::latch started{1};
  std::thread find([&] {
    started.count_down();
    advisor.wait_for_index(kName, 1min);
    BOOST_CHECK(ends);
  });
  started.wait();
  // Others do not wait, so this returns before the index is made.
  advisor.wait_for_index(kOther, 1min);
  ends = true;
  making.reset();
  find.join();
}

BOOST_AUTO_TEST_CASE(finds_wait_no_longer_than_they_may) {
  IndexAdvisor advisor;
  const IndexAdvisor::Making making(advisor, kName);
  const auto start = std::chrono::steady_clock::now();
  advisor.wait_for_index(kName, 1ms);
  BOOST_CHECK(std::chrono::steady_clock::now() - start < 1min);
}

BOOST_AUTO_TEST_CASE(an_index_whose_values_repeat_too_often_is_dropped_again) {
  Scores scores;
  for (int i = 1; i <= 100; ++i) scores.insert(i, i % 2 == 0 ? "even" : "odd");
  BOOST_CHECK(make_advised_index(*scores.connection, kName));
  BOOST_CHECK(scores.has_index());
  drop_useless_index(*scores.connection, kName);
  BOOST_CHECK(!scores.has_index());
}

BOOST_AUTO_TEST_CASE(an_index_that_narrows_the_search_stays) {
  Scores scores;
  for (int i = 1; i <= 100; ++i) scores.insert(i, "P" + std::to_string(i % 50));
  BOOST_CHECK(make_advised_index(*scores.connection, kName));
  drop_useless_index(*scores.connection, kName);
  BOOST_CHECK(scores.has_index());
}

BOOST_AUTO_TEST_CASE(a_class_whose_writers_would_wait_for_seconds_gets_no_index) {
  Scores scores;
  scores.insert(2000001, "the last of very many");
  BOOST_CHECK(!make_advised_index(*scores.connection, kName));
  BOOST_CHECK(!scores.has_index());
}

BOOST_AUTO_TEST_SUITE_END()
