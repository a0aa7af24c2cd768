#include "storage/postgres/group_writer.h"

#include <boost/test/unit_test.hpp>
#include <latch>
#include <thread>

#include "storage/postgres/uri.h"
#include "tests/support/needs_postgres.h"
#include "tests/support/postgres_database.h"

namespace parse::storage::postgres {
namespace {

PoolSettings pool_of(const std::string& uri) {
  PoolSettings settings;
  std::chrono::milliseconds statement_limit{10000};
  read_uri(uri, settings, statement_limit);
  settings.connection.statement_limit = statement_limit;
  return settings;
}

/// A table of numbers, the id of each unique.
struct Numbers {
  Numbers() : pool(pool_of(database.uri())), runner(pool), writer(runner) {
    execute("CREATE TABLE numbers (id bigint PRIMARY KEY, value bigint)");
  }
  void execute(const std::string& sql) {
    runner.write([&](Connection& connection) {
      connection.execute(sql);
      return true;
    });
  }
  std::int64_t ask(const std::string& sql) {
    return runner.read([&](Connection& connection) {
      return connection.query(sql::SqlText(sql::Values::kNumbered).raw(sql)).integer(0, 0);
    });
  }
  static WriteStatement insert(std::int64_t id) {
    const std::string text = "INSERT INTO numbers VALUES ($1, $2)";
    return {text, [text] { return text; }, nullptr, {id, id}};
  }
  static WriteStatement add_one(std::int64_t id) {
    const std::string text = "UPDATE numbers SET value = value + 1 WHERE id = $1 RETURNING value";
    return {text, [text] { return text; }, nullptr, {id}};
  }

  test::PostgresDatabase database;
  Pool pool;
  Runner runner;
  GroupWriter writer;
};

/// Runs `body(i)` on that many threads at the same moment.
template <typename Body>
void at_once(int count, Body body) {
  std::latch start(count);
  std::vector<std::jthread> threads;
  for (int i = 0; i < count; ++i) {
    threads.emplace_back([&, i] {
      start.arrive_and_wait();
      body(i);
    });
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(postgres_group_writer, *boost::unit_test::precondition(test::needs_postgres))

BOOST_AUTO_TEST_CASE(a_pipeline_answers_each_statement_in_order) {
  Numbers numbers;
  numbers.execute("INSERT INTO numbers VALUES (1, 10), (2, 20)");
  numbers.runner.write([](Connection& connection) {
    std::vector<std::vector<sql::SqlValue>> values{{std::int64_t{1}}, {std::int64_t{2}}, {std::int64_t{1}}};
    CachedStatement& add =
        connection.cache("add", "UPDATE numbers SET value = value + 1 WHERE id = $1 RETURNING value");
    const std::vector<Result> results =
        connection.run_pipeline({{&add, &values[0]}, {&add, &values[1]}, {&add, &values[2]}});
    BOOST_REQUIRE_EQUAL(results.size(), 3);
    BOOST_CHECK_EQUAL(results[0].integer(0, 0), 11);
    BOOST_CHECK_EQUAL(results[1].integer(0, 0), 21);
    BOOST_CHECK_EQUAL(results[2].integer(0, 0), 12);
    BOOST_CHECK(connection.is_usable());
    return true;
  });
}

BOOST_AUTO_TEST_CASE(a_pipeline_that_fails_leaves_nothing_behind_and_the_connection_usable) {
  Numbers numbers;
  numbers.runner.write([](Connection& connection) {
    std::vector<std::vector<sql::SqlValue>> values{
        {std::int64_t{1}, std::int64_t{1}}, {std::int64_t{1}, std::int64_t{2}}, {std::int64_t{3}, std::int64_t{3}}};
    CachedStatement& insert = connection.cache("insert", "INSERT INTO numbers VALUES ($1, $2)");
    BOOST_CHECK_EXCEPTION(
        connection.run_pipeline({{&insert, &values[0]}, {&insert, &values[1]}, {&insert, &values[2]}}), Error,
        [](const Error& error) { return error.code() == ErrorCode::kDuplicateValue; });
    BOOST_CHECK(connection.is_usable());
    return true;
  });
  BOOST_CHECK_EQUAL(numbers.ask("SELECT count(*) FROM numbers"), 0);
}

BOOST_AUTO_TEST_CASE(changes_of_one_row_at_once_are_all_made_with_few_commits) {
  Numbers numbers;
  numbers.execute("INSERT INTO numbers VALUES (1, 0)");
  const std::int64_t before = numbers.ask("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint");
  std::mutex mutex;
  std::vector<std::int64_t> seen;
  constexpr int kThreads = 32;
  constexpr int kRounds = 10;
  at_once(kThreads, [&](int) {
    for (int round = 0; round < kRounds; ++round) {
      const WriteResult written = numbers.writer.run("row 1", Numbers::add_one(1));
      const std::lock_guard lock(mutex);
      seen.push_back(written.result.integer(0, 0));
    }
  });
  std::ranges::sort(seen);
  for (std::size_t i = 0; i < seen.size(); ++i) BOOST_CHECK_EQUAL(seen[i], static_cast<std::int64_t>(i) + 1);
  const std::int64_t commits = numbers.ask("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint") - before;
  BOOST_CHECK_LT(commits, kThreads * kRounds / 2);
}

BOOST_AUTO_TEST_CASE(each_writer_of_a_group_hears_only_of_its_own_failure) {
  Numbers numbers;
  std::atomic<int> stored = 0;
  std::atomic<int> refused = 0;
  at_once(32, [&](int i) {
    try {
      numbers.writer.run("create", Numbers::insert(i / 2));
      ++stored;
    } catch (const Error& error) {
      if (error.code() == ErrorCode::kDuplicateValue) ++refused;
    }
  });
  BOOST_CHECK_EQUAL(stored.load(), 16);
  BOOST_CHECK_EQUAL(refused.load(), 16);
  BOOST_CHECK_EQUAL(numbers.ask("SELECT count(*) FROM numbers"), 16);
}

BOOST_AUTO_TEST_CASE(a_lost_connection_tells_every_writer_and_the_next_one_works) {
  Numbers numbers;
  numbers.execute("INSERT INTO numbers VALUES (1, 0)");
  std::atomic<int> lost = 0;
  std::atomic<int> made = 0;
  std::jthread killer([&](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      numbers.runner.read([](Connection& connection) {
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND "
            "datname = current_database() AND query LIKE 'UPDATE%'");
        return true;
      });
    }
  });
  at_once(8, [&](int) {
    for (int round = 0; round < 50; ++round) {
      try {
        numbers.writer.run("row 1", Numbers::add_one(1));
        ++made;
      } catch (const Error&) {
        ++lost;
      }
    }
  });
  killer.request_stop();
  killer.join();
  BOOST_CHECK_EQUAL(made + lost, 8 * 50);
  // What was acknowledged is there; what was not may be.
  const std::int64_t value = numbers.ask("SELECT value FROM numbers WHERE id = 1");
  BOOST_CHECK_GE(value, made.load());
  BOOST_CHECK_LE(value, made.load() + lost.load());
  BOOST_CHECK_EQUAL(numbers.writer.run("row 1", Numbers::add_one(1)).result.row_count(), 1);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace parse::storage::postgres
