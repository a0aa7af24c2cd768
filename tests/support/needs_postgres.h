#pragma once

#include <boost/test/unit_test.hpp>

#include "tests/support/postgres_database.h"

namespace parse::test {

/// A precondition of cases and suites: `* boost::unit_test::precondition(needs_postgres)`. Without a cluster they are
/// skipped, and the reason is printed.
inline boost::test_tools::assertion_result needs_postgres(boost::unit_test::test_unit_id) {
  const std::string missing = postgres_missing();
  boost::test_tools::assertion_result result(missing.empty());
  if (!missing.empty()) result.message() << "there is no PostgreSQL: " << missing;
  return result;
}

}  // namespace parse::test
