#include "storage/sqlite/write_queue.h"

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <thread>

#include "base/error.h"
#include "tests/storage/conformance/backends.h"

using namespace parse;
using namespace parse::storage;
using namespace parse::storage::sqlite;

BOOST_AUTO_TEST_SUITE(sqlite_write_queue)

namespace {

struct Numbers {
  conformance::ScratchFolder folder;
  WriteQueue queue{open()};

  std::unique_ptr<Connection> open() {
    ConnectionSettings settings;
    settings.path = folder.file("n.db");
    auto connection = std::make_unique<Connection>(settings);
    connection->execute("CREATE TABLE n (v INTEGER UNIQUE)");
    return connection;
  }
  static void insert(Connection& connection, std::int64_t value) {
    connection.run(sql::SqlText().raw("INSERT INTO n VALUES (").bind(value).raw(")"));
  }
  std::unique_ptr<Connection> open_reader() {
    ConnectionSettings settings;
    settings.path = folder.file("n.db");
    settings.mode = ConnectionMode::kReader;
    return std::make_unique<Connection>(settings);
  }
  static std::int64_t ask(Connection& connection, const char* sql) {
    StatementUse use(connection.prepare(sql), {});
    use->step();
    return use->integer(0);
  }
  std::int64_t ask(const char* sql) {
    std::int64_t answer = 0;
    queue.run_alone([&](Connection& connection) { answer = ask(connection, sql); });
    return answer;
  }
};

}  // namespace

BOOST_AUTO_TEST_CASE(writes_that_wait_together_commit_together) {
  Numbers numbers;
  const auto reader = numbers.open_reader();
  std::atomic<int> saw_nothing_committed{0};
  numbers.queue.acquire();
  std::vector<std::thread> threads;
  for (int i = 0; i < 10; ++i) {
    threads.emplace_back([&, i] {
      numbers.queue.run(WriteSize::kOneStatement, [&](Connection& connection) {
        Numbers::insert(connection, i);
        if (Numbers::ask(*reader, "SELECT COUNT(*) FROM n") == 0) ++saw_nothing_committed;
      });
    });
  }
  while (numbers.queue.waiting() < 10) std::this_thread::yield();
  numbers.queue.release();
  for (std::thread& thread : threads) thread.join();
  BOOST_CHECK_EQUAL(saw_nothing_committed, 10);
  BOOST_CHECK_EQUAL(Numbers::ask(*reader, "SELECT COUNT(*) FROM n"), 10);
}

BOOST_AUTO_TEST_CASE(a_job_of_many_statements_is_undone_as_a_whole) {
  Numbers numbers;
  BOOST_CHECK_THROW(numbers.queue.run(WriteSize::kManyStatements,
                                      [](Connection& connection) {
                                        Numbers::insert(connection, 1);
                                        Numbers::insert(connection, 1);
                                      }),
                    Error);
  BOOST_CHECK_EQUAL(numbers.ask("SELECT COUNT(*) FROM n"), 0);
}

BOOST_AUTO_TEST_CASE(neighbours_run_again_when_a_job_takes_the_transaction_down) {
  Numbers numbers;
  std::atomic<int> failures{0};
  numbers.queue.acquire();
  std::vector<std::thread> threads;
  for (int i = 0; i < 6; ++i) {
    threads.emplace_back([&, i] {
      try {
        numbers.queue.run(WriteSize::kOneStatement, [&](Connection& connection) {
          Numbers::insert(connection, i);
          if (i % 3 == 0) {
            connection.execute("ROLLBACK");
            throw Error(ErrorCode::kInternal, "as a full disk does");
          }
        });
      } catch (const Error&) {
        ++failures;
      }
    });
  }
  while (numbers.queue.waiting() < 6) std::this_thread::yield();
  numbers.queue.release();
  for (std::thread& thread : threads) thread.join();
  BOOST_CHECK_EQUAL(failures, 2);
  BOOST_CHECK_EQUAL(numbers.ask("SELECT COUNT(*) FROM n"), 4);
}

BOOST_AUTO_TEST_CASE(an_exception_of_any_kind_reaches_its_own_caller_only) {
  Numbers numbers;
  BOOST_CHECK_THROW(numbers.queue.run(WriteSize::kOneStatement, [](Connection&) { throw std::bad_alloc(); }),
                    std::bad_alloc);
  numbers.queue.run(WriteSize::kOneStatement, [](Connection& connection) { Numbers::insert(connection, 1); });
  BOOST_CHECK_EQUAL(numbers.ask("SELECT COUNT(*) FROM n"), 1);
}

BOOST_AUTO_TEST_SUITE_END()
