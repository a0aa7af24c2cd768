#pragma once

#include <string>

namespace parse::test {

/// Why there is no PostgreSQL for tests; empty when the environment names a cluster (scripts/with-postgres).
std::string postgres_missing();

/// An empty database of the cluster that PARSE_TEST_POSTGRES_URI names, with PostGIS. Databases are made once for each
/// process, emptied between two users, and dropped at its end. One thread.
class PostgresDatabase {
 public:
  /// Throws std::runtime_error with PostgreSQL's text.
  PostgresDatabase();
  ~PostgresDatabase();
  PostgresDatabase(const PostgresDatabase&) = delete;
  PostgresDatabase& operator=(const PostgresDatabase&) = delete;

  /// Its address, with all rights.
  std::string uri() const;
  const std::string& name() const { return name_; }
  /// Runs SQL on a connection of its own and gives the first value, empty when there is none. Throws
  /// std::runtime_error.
  std::string run(const std::string& sql) const;

 private:
  std::string name_;
};

}  // namespace parse::test
