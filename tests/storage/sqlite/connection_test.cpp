#include "storage/sqlite/connection.h"

#include <boost/test/unit_test.hpp>

#include "storage/sqlite/errors.h"

using namespace parse::storage::sqlite;

BOOST_AUTO_TEST_SUITE(sqlite_connection)

namespace {

/// Counts to the number given and finds only that.
constexpr const char* kCount =
    "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 1000000) SELECT x FROM c WHERE x = ?";

struct Memory {
  Connection connection;
  Memory() : connection(settings()) {}
  static ConnectionSettings settings() {
    ConnectionSettings settings;
    settings.path = ":memory:";
    settings.statement_limit = std::chrono::minutes(5);
    return settings;
  }
};

}  // namespace

BOOST_AUTO_TEST_CASE(an_impatient_statement_gives_up_when_it_finds_nothing) {
  Memory memory;
  Statement& statement = memory.connection.prepare(kCount);
  const std::vector<parse::storage::sql::SqlValue> last = {std::int64_t{1000000}};
  StatementUse use(statement, last);
  memory.connection.give_up_early();
  BOOST_CHECK_THROW(use->step(), GaveUp);
}

BOOST_AUTO_TEST_CASE(an_impatient_statement_goes_on_after_its_first_result) {
  Memory memory;
  Statement& statement = memory.connection.prepare(kCount);
  const std::vector<parse::storage::sql::SqlValue> first = {std::int64_t{1}};
  StatementUse use(statement, first);
  memory.connection.give_up_early();
  BOOST_CHECK(use->step());
  memory.connection.be_patient();
  BOOST_CHECK(!use->step());
}

BOOST_AUTO_TEST_CASE(the_statement_after_an_impatient_one_is_patient) {
  Memory memory;
  const std::vector<parse::storage::sql::SqlValue> last = {std::int64_t{1000000}};
  memory.connection.prepare(kCount);
  memory.connection.give_up_early();
  StatementUse use(memory.connection.prepare(kCount), last);
  BOOST_CHECK(use->step());
}

BOOST_AUTO_TEST_SUITE_END()
