#include <fmt/format.h>

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <future>

#include "base/error.h"
#include "server/server.h"
#include "storage/sqlite/sqlite_adapter.h"
#include "storage/unavailable.h"
#include "tests/support/raw_client.h"

using namespace parse;

namespace {

constexpr server::StorageKeeperSettings kQuick{std::chrono::milliseconds(1), std::chrono::milliseconds(4),
                                               std::chrono::milliseconds(1)};

config::Options on_a_free_port() {
  config::Options options;
  options.keys.app_id = "app";
  options.keys.master_key = "master";
  options.network.host = "127.0.0.1";
  options.network.port = 0;
  return options;
}

/// A server whose database is away until the test lets it come, or says that it never will.
struct Starting {
  std::atomic<bool> is_there{false};
  std::atomic<bool> is_hopeless{false};
  std::atomic<int> tries{0};
  std::promise<void> ready;
  std::promise<void> failed;
  server::Server server;

  Starting() : server(on_a_free_port(), {.open = [this] { return open(); }, .is_remote = true}, kQuick) {
    server.start({.ready = [this] { ready.set_value(); }, .failed = [this] { failed.set_value(); }});
  }
  ~Starting() { server.stop({}); }

  std::unique_ptr<storage::Adapter> open() {
    ++tries;
    tries.notify_all();
    if (is_hopeless) throw Error(ErrorCode::kInternal, "The database refuses the connection.", "wrong password");
    if (!is_there) throw storage::Unavailable("connection refused");
    return storage::sqlite::open_sqlite({});
  }
  void wait_for_tries(int wanted) {
    for (int seen = tries; seen < wanted; seen = tries) tries.wait(seen);
  }
  test::RawResponse get(const std::string& path, const std::string& fields = "X-Parse-Application-Id: app\r\n") const {
    return test::RawClient(server.port())
        .exchange(fmt::format("GET {} HTTP/1.1\r\nHost: localhost\r\n{}\r\n", path, fields));
  }
};

bool arrives(std::promise<void>& promise) {
  return promise.get_future().wait_for(std::chrono::seconds(20)) == std::future_status::ready;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(server_start)

BOOST_AUTO_TEST_CASE(while_the_database_is_away_health_says_starting_with_503) {
  const Starting starting;
  for (const char* path : {"/parse/health", "/parse/Health/"}) {
    const test::RawResponse answer = starting.get(path, "");
    BOOST_TEST(answer.status == 503);
    BOOST_TEST(answer.body == R"({"status":"starting"})");
    BOOST_TEST(answer.field("Retry-After") == "1");
    BOOST_TEST(answer.field("Access-Control-Allow-Origin") == "*");
  }
}

BOOST_AUTO_TEST_CASE(while_the_database_is_away_every_route_says_so) {
  const Starting starting;
  const test::RawResponse answer = starting.get("/parse/classes/Game");
  BOOST_TEST(answer.status == 500);
  BOOST_TEST(answer.body == R"({"code":1,"error":"Invalid server state: starting"})");
  BOOST_TEST(answer.field("Retry-After") == "1");
  BOOST_TEST(starting.get("/elsewhere").status == 404);
}

BOOST_AUTO_TEST_CASE(while_the_database_is_away_browsers_may_ask_and_bad_requests_are_refused) {
  const Starting starting;
  const std::string preflight = "OPTIONS /parse/classes/Game HTTP/1.1\r\nHost: localhost\r\n\r\n";
  BOOST_TEST(test::RawClient(starting.server.port()).exchange(preflight).status == 200);
  BOOST_TEST(test::RawClient(starting.server.port()).exchange("GET /\x01 HTTP/1.1\r\n\r\n").status == 400);
}

BOOST_AUTO_TEST_CASE(it_serves_as_soon_as_the_database_is_there) {
  Starting starting;
  starting.wait_for_tries(3);
  BOOST_TEST(!starting.server.is_ready());
  starting.is_there = true;
  BOOST_REQUIRE(arrives(starting.ready));
  BOOST_TEST(starting.server.is_ready());
  BOOST_TEST(starting.get("/parse/health").body == R"({"status":"ok"})");
  BOOST_TEST(starting.get("/parse/classes/_Role").status == 200);
}

BOOST_AUTO_TEST_CASE(what_no_further_try_can_mend_is_told_and_kept) {
  Starting starting;
  starting.wait_for_tries(1);
  starting.is_hopeless = true;
  BOOST_REQUIRE(arrives(starting.failed));
  BOOST_CHECK_EXCEPTION(starting.server.rethrow_failure(), Error,
                        [](const Error& error) { return error.cause() == "wrong password"; });
  BOOST_TEST(!starting.server.is_ready());
}

BOOST_AUTO_TEST_CASE(mistakes_in_the_options_are_found_before_the_database) {
  config::Options options = on_a_free_port();
  options.password_policy.validator_pattern = "(";
  const auto never = []() -> std::unique_ptr<storage::Adapter> { throw storage::Unavailable("connection refused"); };
  BOOST_CHECK_THROW(server::Server(options, {.open = never, .is_remote = true}), Error);
}

BOOST_AUTO_TEST_CASE(a_database_of_its_own_is_opened_before_anything_listens) {
  const auto broken = []() -> std::unique_ptr<storage::Adapter> {
    throw Error(ErrorCode::kInternal, "The database cannot be opened.");
  };
  BOOST_CHECK_THROW(server::Server(on_a_free_port(), {.open = broken, .is_remote = false}), Error);
}

BOOST_AUTO_TEST_SUITE_END()
