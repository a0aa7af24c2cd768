#include "apps/common/startup.h"

#include <boost/test/unit_test.hpp>
#include <sstream>

#include "logging/log_query.h"
#include "logging/logger.h"
#include "tests/support/temp_folder.h"

using namespace parse::apps;
namespace logging = parse::logging;
using parse::config::Options;
using parse::test::TempFolder;

namespace {

/// A start that logs to files only.
struct Fixture {
  TempFolder folder;
  Start start;
  std::ostringstream out;
  std::ostringstream err;

  Fixture() {
    start.version = "1.2.3";
    start.options.keys.app_id = "app";
    start.options.keys.master_key = "very-secret-key";
    start.options.database.uri = "sqlite:./data/parse.db";
    start.options.log.folder = folder.file("logs");
    start.options.log.silent = true;
  }
  ~Fixture() {
    logging::LogSettings off;
    off.level = logging::Level::kSilent;
    logging::configure(off);
  }

  std::string log() const {
    std::string text;
    for (const auto& entry : logging::log_query({})) text += entry.level + ": " + entry.message + "\n";
    return text;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(startup, Fixture)

BOOST_AUTO_TEST_CASE(one_line_says_where_what_and_which_version_and_warnings_follow) {
  start.warnings = {"'appId' is odd"};
  start_logging(start.options);
  announce(start, {}, 8080, {out, err});
  BOOST_TEST(log() ==
             "warn: 'appId' is odd\n"
             "info: parse-server 1.2.3 is ready at http://localhost:8080/parse, data in sqlite:./data/parse.db\n");
  BOOST_TEST(out.str() == "");
}

BOOST_AUTO_TEST_CASE(the_configured_keys_are_secrets_of_the_log) {
  start_logging(start.options);
  logging::info("somebody sent very-secret-key");
  BOOST_TEST(log() == "info: somebody sent ********\n");
}

BOOST_AUTO_TEST_CASE(made_up_keys_are_printed_unless_the_console_is_silent) {
  const GeneratedKeys keys{.in_use = true, .path = "data/keys.json"};
  start_logging(start.options);
  announce(start, keys, 8080, {out, err});
  BOOST_TEST(out.str() == "");
  start.options.log.silent = false;
  announce(start, keys, 8080, {out, err});
  BOOST_TEST(out.str().find("masterKey  very-secret-key\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_url_is_one_that_can_be_pasted) {
  Options& options = start.options;
  BOOST_TEST(listen_url(options, 1337) == "http://localhost:1337/parse");
  options.network.host = "::1";
  options.network.mount_path = "/";
  BOOST_TEST(listen_url(options, 1337) == "http://[::1]:1337");
  options.network.tls_cert = "cert.pem";
  options.network.host = "10.0.0.1";
  BOOST_TEST(listen_url(options, 443) == "https://10.0.0.1:443");
}

BOOST_AUTO_TEST_SUITE_END()
