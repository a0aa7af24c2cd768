#pragma once

#include <regex>
#include <stdexcept>
#include <string>

#include "base/error.h"
#include "storage/postgres/connection.h"
#include "storage/postgres/prepare.h"
#include "tests/support/needs_postgres.h"

/// Databases for the tests of lib/storage/postgres.
namespace parse::storage::postgres {

/// What libpq takes for `postgres://user:password@host:port/database`.
inline ConnectionSettings settings_of(const std::string& uri) {
  std::smatch parts;
  if (!std::regex_match(uri, parts, std::regex(R"(postgres://([^:@]+)(?::([^@]*))?@([^:/]+):(\d+)/(.*))")))
    throw std::runtime_error("PARSE_TEST_POSTGRES_URI is not of the form postgres://user@host:port/database");
  ConnectionSettings settings;
  settings.parameters = {
      {"user", parts[1]}, {"password", parts[2]}, {"host", parts[3]}, {"port", parts[4]}, {"dbname", parts[5]}};
  return settings;
}

/// An empty database, and one that is prepared.
struct Database {
  Connection connect() const { return Connection(settings_of(database.uri())); }
  /// The first value of the first row, empty when there is none.
  std::string run(const std::string& sql) const { return database.run(sql); }

  test::PostgresDatabase database;
  Connection connection{settings_of(database.uri())};
};

struct PreparedDatabase : Database {
  PreparedDatabase() { prepare_database(connection); }
};

/// For BOOST_CHECK_EXCEPTION.
inline auto has_code(ErrorCode code) {
  return [code](const Error& error) {
    BOOST_CHECK_EQUAL(static_cast<int>(error.code()), static_cast<int>(code));
    return error.code() == code;
  };
}

}  // namespace parse::storage::postgres
