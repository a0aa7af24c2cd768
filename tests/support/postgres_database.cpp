#include "tests/support/postgres_database.h"

#include <libpq-fe.h>
#include <unistd.h>

#include <cstdlib>
#include <map>
#include <memory>
#include <stdexcept>
#include <vector>

namespace parse::test {
namespace {

constexpr const char* kVariable = "PARSE_TEST_POSTGRES_URI";

/// Drops all that a server made, and leaves what extensions own.
constexpr const char* kEmpty = R"(
DO $$ DECLARE names text; BEGIN
  SELECT string_agg(format('%s', c.oid::regclass), ', ') INTO names FROM pg_class c
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
      AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e');
  IF names IS NOT NULL THEN EXECUTE 'DROP TABLE ' || names || ' CASCADE'; END IF;
  SELECT string_agg(format('%s', p.oid::regprocedure), ', ') INTO names FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace
      AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e');
  IF names IS NOT NULL THEN EXECUTE 'DROP ROUTINE ' || names || ' CASCADE'; END IF;
END $$)";

/// The cluster's address with another database in it.
std::string uri_of(const std::string& database) {
  const char* named = std::getenv(kVariable);
  if (named == nullptr) throw std::runtime_error(postgres_missing());
  const std::string uri = named;
  return uri.substr(0, uri.rfind('/') + 1) + database;
}

using Connection = std::unique_ptr<PGconn, decltype(&PQfinish)>;

Connection connect(const std::string& uri) {
  Connection connection(PQconnectdb(uri.c_str()), &PQfinish);
  if (PQstatus(connection.get()) != CONNECTION_OK) throw std::runtime_error(PQerrorMessage(connection.get()));
  PQsetNoticeProcessor(
      connection.get(), [](void*, const char*) {}, nullptr);
  return connection;
}

std::string run_on(const Connection& connection, const std::string& sql) {
  const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(connection.get(), sql.c_str()), &PQclear);
  const ExecStatusType status = PQresultStatus(result.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
    throw std::runtime_error(PQresultErrorMessage(result.get()));
  return PQntuples(result.get()) > 0 && PQnfields(result.get()) > 0 ? PQgetvalue(result.get(), 0, 0) : "";
}

/// The databases of this process, each with the connection that empties it.
class Databases {
 public:
  // Connected from the start, because OpenSSL must be there for longer than this.
  Databases() : cluster_(connect(uri_of("postgres"))) {}
  ~Databases() {
    connections_.clear();
    for (const std::string& name : made_) {
      try {
        run_on(cluster_, "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
      } catch (const std::exception&) {
        // The cluster is gone already, and the database with it.
      }
    }
  }
  std::string take() {
    if (free_.empty()) {
      const std::string name = "test_" + std::to_string(::getpid()) + "_" + std::to_string(made_.size());
      run_on(cluster_, "CREATE DATABASE " + name + " TEMPLATE parse_template");
      made_.push_back(name);
      return name;
    }
    const std::string name = free_.back();
    free_.pop_back();
    const auto [place, is_new] = connections_.try_emplace(name, nullptr, &PQfinish);
    if (is_new) place->second = connect(uri_of(name));
    run_on(place->second, kEmpty);
    return name;
  }
  void give_back(const std::string& name) { free_.push_back(name); }

 private:
  Connection cluster_;
  std::map<std::string, Connection> connections_;
  std::vector<std::string> made_;
  std::vector<std::string> free_;
};

Databases& databases() {
  static Databases all;
  return all;
}

}  // namespace

std::string postgres_missing() {
  if (std::getenv(kVariable) != nullptr) return {};
  const char* reason = std::getenv("PARSE_TEST_POSTGRES_MISSING");
  return reason != nullptr ? reason : std::string(kVariable) + " is not set; see scripts/with-postgres";
}

PostgresDatabase::PostgresDatabase() : name_(databases().take()) {}

PostgresDatabase::~PostgresDatabase() { databases().give_back(name_); }

std::string PostgresDatabase::uri() const { return uri_of(name_); }

std::string PostgresDatabase::run(const std::string& sql) const { return run_on(connect(uri()), sql); }

}  // namespace parse::test
