#include "storage/postgres/uri.h"

#include <boost/test/unit_test.hpp>
#include <optional>

#include "base/error.h"

namespace parse::storage::postgres {
namespace {

struct Read {
  explicit Read(const std::string& uri) { read_uri(uri, settings, statement_limit); }

  /// The value of one of libpq's parameters, the last one given.
  std::string operator[](const std::string& name) const {
    std::string value;
    for (const auto& [key, text] : settings.connection.parameters) {
      if (key == name) value = text;
    }
    return value;
  }

  PoolSettings settings;
  std::chrono::milliseconds statement_limit{30000};
};

bool names(const Error& error, std::string_view text) { return error.message().find(text) != std::string::npos; }

}  // namespace

BOOST_AUTO_TEST_SUITE(postgres_uri)

BOOST_AUTO_TEST_CASE(both_schemes_are_known) {
  BOOST_CHECK(is_postgres_uri("postgres://localhost/app"));
  BOOST_CHECK(is_postgres_uri("postgresql://localhost/app"));
  BOOST_CHECK(!is_postgres_uri("mongodb://localhost/app"));
}

BOOST_AUTO_TEST_CASE(user_password_host_port_and_database_are_read) {
  const Read read("postgres://me:p%40ss%3A@db.example:6543/my%20app");
  BOOST_CHECK_EQUAL(read["user"], "me");
  BOOST_CHECK_EQUAL(read["password"], "p@ss:");
  BOOST_CHECK_EQUAL(read["host"], "db.example");
  BOOST_CHECK_EQUAL(read["port"], "6543");
  BOOST_CHECK_EQUAL(read["dbname"], "my app");
}

BOOST_AUTO_TEST_CASE(parameters_of_libpq_pass) {
  const Read read("postgres://db/app?sslmode=verify-ca&connect_timeout=3&application_name=shop");
  BOOST_CHECK_EQUAL(read["sslmode"], "verify-ca");
  BOOST_CHECK_EQUAL(read["connect_timeout"], "3");
  BOOST_CHECK_EQUAL(read["application_name"], "shop");
}

BOOST_AUTO_TEST_CASE(several_hosts_are_tried_in_turn) {
  const Read read("postgres://a:1,b:2/app?target_session_attrs=read-write");
  BOOST_CHECK_EQUAL(read["host"], "a,b");
  BOOST_CHECK_EQUAL(read["port"], "1,2");
}

BOOST_AUTO_TEST_CASE(the_pool_and_its_times_are_read) {
  const Read read("postgres://db/app?poolSize=7&idleTimeoutMillis=1500&query_timeout=900&keepAlive=true");
  BOOST_CHECK_EQUAL(read.settings.max_connections, 7);
  BOOST_CHECK_EQUAL(read.settings.idle_limit.count(), 1500);
  BOOST_CHECK_EQUAL(read.statement_limit.count(), 900);
  BOOST_CHECK_EQUAL(read["keepalives"], "1");
  BOOST_CHECK_EQUAL(Read("postgres://db/app?max=3").settings.max_connections, 3);
}

BOOST_AUTO_TEST_CASE(ssl_verifies_the_server_unless_told_otherwise) {
  BOOST_CHECK_EQUAL(Read("postgres://db/app?ssl=true")["sslmode"], "verify-full");
  BOOST_CHECK_EQUAL(Read("postgres://db/app?ssl=false")["sslmode"], "");
  const Read read("postgres://db/app?ca=/etc/ca.pem&cert=/etc/c.pem&key=/etc/k.pem&passphrase=x");
  BOOST_CHECK_EQUAL(read["sslmode"], "verify-full");
  BOOST_CHECK_EQUAL(read["sslrootcert"], "/etc/ca.pem");
  BOOST_CHECK_EQUAL(read["sslcert"], "/etc/c.pem");
  BOOST_CHECK_EQUAL(read["sslkey"], "/etc/k.pem");
  BOOST_CHECK_EQUAL(read["sslpassword"], "x");
  const Read trusting("postgres://db/app?ssl=true&rejectUnauthorized=false");
  BOOST_CHECK_EQUAL(trusting["sslmode"], "require");
  BOOST_CHECK_EQUAL(trusting["sslrootcert"], "");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_followed_is_named) {
  const auto fails_with = [](const std::string& uri, std::string_view text) {
    BOOST_CHECK_EXCEPTION(Read{uri}, Error, [&](const Error& error) { return names(error, text); });
  };
  fails_with("postgres://db/app?poolSize=none", "poolSize must be a whole number");
  fails_with("postgres://db/app?max=0", "max must be a whole number from 1");
  fails_with("postgres://db/app?client_encoding=LATIN1", "client_encoding must be UTF8");
  fails_with("postgres://db/app?pfx=/etc/x.pfx", "openssl pkcs12");
  fails_with("postgres://db/app?secureOptions=1", "ssl_min_protocol_version");
  fails_with("postgres://db/app?colour=red", "colour");
}

BOOST_AUTO_TEST_CASE(an_error_does_not_show_the_password) {
  BOOST_CHECK_EXCEPTION(Read("postgres://me:secret@[::1/app"), Error,
                        [](const Error& error) { return !names(error, "secret"); });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace parse::storage::postgres
